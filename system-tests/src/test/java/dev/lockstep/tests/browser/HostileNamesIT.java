package dev.lockstep.tests.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import dev.lockstep.tests.HeldQueue;
import dev.lockstep.tests.OrderApi;
import dev.lockstep.tests.RunningShop;
import dev.lockstep.tests.TicketClient;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import java.util.UUID;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A product and an order whose names are markup: each page shows them as text. A dialog would be a fault, as in every test. */
@ExtendWith(InBrowser.class)
class HostileNamesIT {

    private static final String PRODUCT = "<b id=planted>Tea</b><script>alert(1)</script>";
    private static final String REASON = "<svg onload=alert(3)></svg> {quantity} $&";

    /** What there would be if one of the names were taken for markup. */
    private static final String PLANTED = "#planted, img[src=x], [onerror], [onload]";

    private final String order = "<img src=x onerror=alert(2)> " + UUID.randomUUID();
    private int productId;

    @BeforeEach
    void stockProduct(RunningShop shop) throws SQLException {
        productId = shop.databases().productOf(100);
        execute(
                shop.databases().product(),
                "UPDATE product SET product_name = ? WHERE product_id = ?",
                PRODUCT,
                productId);
    }

    /** The other tests have the demo products to themselves, and sums that are even. */
    @AfterEach
    void removeProduct(RunningShop shop) throws SQLException {
        for (String table : List.of("ticket", "ticket_queue", "customer_order")) {
            execute(shop.databases().orders(), "DELETE FROM " + table + " WHERE product_id = ?", productId);
        }
        for (String table : List.of("ticket_taking", "ticket_stock", "product")) {
            execute(shop.databases().product(), "DELETE FROM " + table + " WHERE product_id = ?", productId);
        }
    }

    @Test
    void onTheOrderPage_theyAreText(Visitors visitors) {
        Visitor visitor = visitors.one();
        OrderPage form = OrderPage.openedBy(visitor);
        Page page = form.page();

        page.getByRole(AriaRole.RADIO, new Page.GetByRoleOptions().setName(PRODUCT))
                .check();
        form.quantity().fill("2");
        form.orderName().fill(order);
        form.place().click();

        assertThat(form.result()).containsText("2 × " + PRODUCT + ", " + OrderPage.quoted(order));
        assertThat(form.orders(order)).containsText("2 × " + PRODUCT);
        assertNothingPlanted(page);
        visitor.inspect(page, "hostile-order-page");
    }

    @Test
    void onATicket_theyAreText_andSoIsTheReason(RunningShop shop, Visitors visitors) throws SQLException {
        Visitor visitor = visitors.one();
        try (HeldQueue queue = new HeldQueue(shop.databases(), productId)) {
            UUID ticketId = new TicketClient(shop.api()).taken(productId, 2, order);
            Page page = visitor.open("/ticket.html?id=" + ticketId);
            assertThat(page.locator("#live")).hasText("Live");
            assertThat(page.locator("#facts")).containsText("2 × " + PRODUCT);
            assertThat(page.locator("#facts")).containsText(order);

            TicketByHand.become(shop, ticketId, "SOLD_OUT", REASON);

            assertThat(page.locator("#words")).containsText("The shop says: " + OrderPage.quoted(REASON));
            assertNothingPlanted(page);
            visitor.inspect(page, "hostile-ticket");
            queue.release();
        }
    }

    @Test
    void inTheConsole_theyAreText_forAnOperatorToo(RunningShop shop, Visitors visitors) throws SQLException {
        Visitor operator = visitors.operator();
        Page console = operator.open("/console.html");
        placeOrder(shop);
        Locator row = console.getByRole(AriaRole.ROW, new Page.GetByRoleOptions().setName(order));
        assertThat(row).containsText("2 × " + PRODUCT);
        row.getByRole(AriaRole.BUTTON).click();
        Locator dialog = console.getByRole(AriaRole.DIALOG);
        assertThat(dialog.getByRole(AriaRole.HEADING, new Locator.GetByRoleOptions().setLevel(2)))
                .hasText(order);
        assertThat(dialog).containsText("2 × " + PRODUCT);
        assertNothingPlanted(console);
        console.keyboard().press("Escape");

        try (HeldQueue queue = new HeldQueue(shop.databases(), productId)) {
            UUID ticketId = new TicketClient(shop.api()).taken(productId, 2, order);
            Locator tickets = console.locator("#tickets");
            assertThat(tickets.getByRole(AriaRole.ROW, new Locator.GetByRoleOptions().setName(PRODUCT)))
                    .isVisible();
            TicketByHand.become(shop, ticketId, "FAILED", REASON);

            Locator failed = tickets.getByRole(AriaRole.LISTITEM).filter(new Locator.FilterOptions().setHasText(order));
            assertThat(failed).containsText("2 × " + PRODUCT);
            assertThat(failed).containsText(REASON);
            failed.getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName("Refuse"))
                    .click();
            assertThat(dialog).containsText(order);
            assertNothingPlanted(console);
            operator.inspect(console, "hostile-console");
            queue.release();
        }
    }

    @Test
    void inThePicture_theyAreText(RunningShop shop, Visitors visitors) {
        Visitor visitor = visitors.one();
        Page page = visitor.open("/picture.html");
        placeOrder(shop);

        Locator row = page.locator("#rows .row").filter(new Locator.FilterOptions().setHasText(order));
        assertThat(row).containsText("2 × " + PRODUCT);
        assertThat(page.locator("#filter-product")).containsText(PRODUCT);
        row.click();

        Locator dialog = page.getByRole(AriaRole.DIALOG);
        assertThat(dialog.getByRole(AriaRole.HEADING, new Locator.GetByRoleOptions().setLevel(2)))
                .hasText("2 × " + PRODUCT);
        assertThat(dialog).containsText(order);
        assertNothingPlanted(page);
        visitor.inspect(page, "hostile-picture");
    }

    @Test
    void onTheStopPage_theProductIsText(RunningShop shop, Visitors visitors) {
        Visitor operator = visitors.operator();
        StopPage stop = StopPage.openedBy(operator);

        stop.hold(productId, 2, "WORK");
        stop.assertState("HELD");

        assertThat(stop.page().locator("#stop-product")).containsText(PRODUCT + " · 100 in stock");
        assertThat(stop.stockSeen()).containsText("Product database: " + PRODUCT);
        assertNothingPlanted(stop.page());
        operator.inspect(stop.page(), "hostile-stop");
        stop.rollback().click();
        stop.assertState("ROLLED_BACK");
    }

    private void placeOrder(RunningShop shop) {
        assertThat(shop.api()
                        .post(OrderApi.orderJson(UUID.randomUUID(), productId, 2, order))
                        .statusCode())
                .isEqualTo(201);
    }

    private static void assertNothingPlanted(Page page) {
        assertThat(page.locator(PLANTED)).hasCount(0);
    }

    private static void execute(DataSource database, String sql, Object... parameters) throws SQLException {
        try (Connection connection = database.getConnection();
                PreparedStatement statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < parameters.length; i++) {
                statement.setObject(i + 1, parameters[i]);
            }
            statement.executeUpdate();
        }
    }
}
