package dev.lockstep.tests.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import dev.lockstep.tests.DemoProduct;
import dev.lockstep.tests.Healed;
import dev.lockstep.tests.Outage;
import dev.lockstep.tests.RunningShop;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.text.NumberFormat;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The order page, with real orders in real databases. */
@ExtendWith(InBrowser.class)
class OrderPageIT {

    private static final String OUT_OF_STOCK = "status of 409";

    @Test
    void placedOrder_isTold_listed_andTakenFromTheStock(RunningShop shop, Visitors visitors) throws Exception {
        int stock = shop.stockOf(DemoProduct.LONGJING);
        Visitor visitor = visitors.one();
        OrderPage page = OrderPage.openedBy(visitor);
        visitor.inspect(page.page(), "order-page");

        page.order(DemoProduct.LONGJING, 1, "Tea for the office");

        assertThat(page.result()).containsText("Your order is placed.");
        assertThat(page.result()).containsText("1 × Longjing tea, 100 g, " + OrderPage.quoted("Tea for the office"));
        assertThat(page.orders("Tea for the office")).containsText("1 × Longjing tea, 100 g");
        assertThat(page.product(DemoProduct.LONGJING)).hasAccessibleName(inStock(stock - 1));
        assertThat(page.orderName()).hasValue("");
        assertThat(shop.api().get("api/orders/" + page.orderNumber()).body()).contains("\"Tea for the office\"");
        assertThat(shop.stockOf(DemoProduct.LONGJING)).isEqualTo(stock - 1);
        visitor.inspect(page.page(), "order-placed");
    }

    @Test
    void pageNeedsFewRequests(Visitors visitors) {
        Visitor visitor = visitors.one();
        List<String> requests = visitor.requests();
        OrderPage.openedBy(visitor);

        assertThat(requests).hasSizeBetween(5, 12);
    }

    @Test
    void whatSomebodyElseOrders_isSeenWithoutAReload(RunningShop shop, Visitors visitors) throws Exception {
        int stock = shop.stockOf(DemoProduct.FILTERS);
        Visitor onlooker = visitors.one();
        OrderPage seen = OrderPage.openedBy(onlooker);

        OrderPage.openedBy(visitors.one()).order(DemoProduct.FILTERS, 5, "Somebody else's");

        assertThat(seen.orders("Somebody else's")).hasCount(1);
        assertThat(seen.product(DemoProduct.FILTERS)).hasAccessibleName(inStock(stock - 5));
        onlooker.inspect(seen.page(), "seen-live");
    }

    @Test
    void moreThanThereIs_isRefusedInWords_andChangesNothing(RunningShop shop, Visitors visitors) throws Exception {
        int stock = shop.stockOf(DemoProduct.TEAPOT);
        Visitor visitor = visitors.one();
        visitor.expectsFault(OUT_OF_STOCK);
        OrderPage page = OrderPage.openedBy(visitor);

        page.order(DemoProduct.TEAPOT, stock + 1, "Too many pots");

        assertThat(page.result()).containsText("Not enough in stock.");
        assertThat(page.result())
                .containsText("You asked for " + (stock + 1) + "; in stock: " + stock + ". Nothing was ordered.");
        assertThat(page.orderName()).hasValue("Too many pots");
        assertThat(page.orders("Too many pots")).hasCount(0);
        assertThat(shop.stockOf(DemoProduct.TEAPOT)).isEqualTo(stock);
        visitor.inspect(page.page(), "out-of-stock");
    }

    @Test
    void lastPieces_leaveAProductThatCannotBeChosen(RunningShop shop, Visitors visitors) throws Exception {
        Visitor visitor = visitors.one();
        OrderPage page = OrderPage.openedBy(visitor);

        page.order(DemoProduct.PUER, shop.stockOf(DemoProduct.PUER), "All the old tea");

        assertThat(page.result()).containsText("Your order is placed.");
        assertThat(page.orders("All the old tea")).hasCount(1);
        assertThat(page.product(DemoProduct.PUER)).hasAccessibleName(Pattern.compile("Sold out"));
        OrderPage next = OrderPage.openedBy(visitor);
        assertThat(next.product(DemoProduct.PUER)).hasAccessibleName(Pattern.compile("Sold out"));
        assertThat(next.product(DemoProduct.PUER)).isDisabled();
        assertThat(shop.stockOf(DemoProduct.PUER)).isZero();
        visitor.inspect(page.page(), "sold-out-by-me");
        visitor.inspect(next.page(), "sold-out");
    }

    @Test
    void invalidFields_areNamedWhereTheyAre_andNothingIsSent(Visitors visitors) {
        Visitor visitor = visitors.one();
        OrderPage page = OrderPage.openedBy(visitor);
        HeldOrder sent = HeldOrder.on(page.page());
        page.quantity().fill("0");

        page.place().click();

        assertThat(page.page().getByText("Choose a product.")).isVisible();
        assertThat(page.product(DemoProduct.LONGJING)).isFocused();
        assertThat(page.quantity()).hasAccessibleDescription(Pattern.compile("whole number from 1 to 1,000"));
        assertThat(page.quantity()).hasAttribute("aria-invalid", "true");
        assertThat(page.orderName()).hasAccessibleDescription(Pattern.compile("Give your order a name"));
        visitor.inspect(page.page(), "invalid-fields");

        page.fill(DemoProduct.LONGJING, 1000, "Mended");
        assertThat(page.page().getByText("Choose a product.")).isHidden();
        assertThat(page.quantity()).hasAttribute("aria-invalid", "false");
        assertThat(page.orderName()).hasAttribute("aria-invalid", "false");
        assertThat(sent.count()).isZero();
    }

    /** The page lets control characters pass, the shop does not. */
    @Test
    void whatOnlyTheShopFindsInvalid_isNamedAtItsField(Visitors visitors) {
        Visitor visitor = visitors.one();
        visitor.expectsFault("status of 400");
        OrderPage page = OrderPage.openedBy(visitor);

        page.order(DemoProduct.LONGJING, 1, "With a bell \u0007");

        assertThat(page.result()).containsText("Something needs correcting.");
        assertThat(page.orderName()).hasAccessibleDescription(Pattern.compile("without control characters"));
        assertThat(page.orderName()).isFocused();
        visitor.inspect(page.page(), "invalid-to-the-shop");
    }

    /**
     * Scenario: the orders database dies while the order is on its way, so that nobody can tell whether it is written.
     * Expected outcome: the shopper is asked to wait, and the console does not say that it is live; when the database is back, the
     * page finds out by itself that the order is not there, and the same order, sent once more, is there once.
     */
    @Test
    void ordersDatabaseAway_pageKeepsAsking_andTheSameOrderGoesThroughOnce(RunningShop shop, Visitors visitors)
            throws Exception {
        int stock = shop.stockOf(DemoProduct.KETTLE);
        Visitor visitor = visitors.one();
        visitor.expectsFault("status of 503");
        visitor.expectsFault("status of 404");
        visitor.toleratesGivingUp("/api/");
        OrderPage page = OrderPage.openedBy(visitor);
        HeldOrder order = HeldOrder.on(page.page());
        page.order(DemoProduct.KETTLE, 1, "A kettle in a storm");
        order.await();

        try (Outage outage = shop.loseDatabase("orders")) {
            order.letGo();
            assertThat(page.result()).containsText("We are finding out…");
            assertThat(page.place()).isDisabled();
            visitor.inspect(page.page(), "orders-database-away");
            Page console = visitor.open("/console.html");
            assertThat(console.locator("#live")).containsText("The orders database has not answered since");
            assertThat(console.getByText("as last seen: a database is away")).isVisible();
            visitor.inspect(console, "console-orders-database-away");
            outage.end();
        }
        assertThat(page.result()).containsText("The shop does not have your order.");
        visitor.inspect(page.page(), "orders-database-healed");
        page.retry().click();

        assertThat(page.result()).containsText("Your order is placed.");
        assertThat(page.orders("A kettle in a storm")).hasCount(1);
        assertThat(shop.ordersOf(DemoProduct.KETTLE)).isEqualTo(1);
        assertThat(shop.stockOf(DemoProduct.KETTLE)).isEqualTo(stock - 1);
        Healed.await(shop.databases());
    }

    /**
     * Scenario: a piece disappears from the shelf, and no order has it.
     * Expected outcome: the page says so by itself, in numbers, and that all is well again once it is back.
     */
    @Test
    void lostPiece_isToldAsOutOfStep_untilItIsBack(RunningShop shop, Visitors visitors) throws Exception {
        Visitor visitor = visitors.one();
        Page page = OrderPage.openedBy(visitor).page();
        assertThat(books(page)).hasAttribute("data-verdict", "even");
        assertThat(heading(page, "In step")).isVisible();

        putOnTheShelf(shop, -1);
        try {
            assertThat(books(page)).hasAttribute("data-verdict", "wrong");
            assertThat(books(page))
                    .containsText("This must not happen. Pieces that are neither on the shelf nor with a ticket"
                            + " nor in an order: 1.");
            assertThat(heading(page, "Out of step")).isVisible();
            assertThat(page.locator("#live-announcement")).hasText("The numbers of the shop contradict each other.");
            visitor.inspect(page, "books-out-of-step");
        } finally {
            putOnTheShelf(shop, 1);
        }
        assertThat(books(page)).hasAttribute("data-verdict", "even");
        assertThat(books(page)).containsText("Every piece is on the shelf, set aside for a ticket, or in an order.");
        assertThat(heading(page, "In step")).isVisible();
        assertThat(page.locator("#live-announcement")).hasText("The numbers of the shop agree again.");
    }

    @Test
    void impatientClicks_giveOneOrder(RunningShop shop, Visitors visitors) throws Exception {
        Visitor visitor = visitors.one();
        OrderPage page = OrderPage.openedBy(visitor).fill(DemoProduct.WHISK, 1, "Clicked twice");
        HeldOrder order = HeldOrder.on(page.page());

        page.place().dblclick();
        page.orderName().press("Enter");
        order.await();

        assertThat(page.result()).containsText("Placing your order…");
        assertThat(page.place()).isDisabled();
        visitor.inspect(page.page(), "placing");
        order.letGo();
        assertThat(page.result()).containsText("Your order is placed.");
        assertThat(page.orders("Clicked twice")).hasCount(1);
        assertThat(order.count()).isEqualTo(1);
        assertThat(shop.ordersOf(DemoProduct.WHISK)).isEqualTo(1);
    }

    @Test
    void reloadAfterTheShopTookTheOrder_findsIt(RunningShop shop, Visitors visitors) throws Exception {
        Visitor visitor = visitors.one();
        OrderPage page = OrderPage.openedBy(visitor);
        HeldOrder order = HeldOrder.on(page.page());
        page.order(DemoProduct.JASMINE, 1, "Reloaded");
        order.await().reachTheShop();

        page.reload();

        assertThat(page.result()).containsText("Your order is placed.");
        assertThat(page.orders("Reloaded")).hasCount(1);
        assertThat(shop.ordersOf(DemoProduct.JASMINE)).isEqualTo(1);
        visitor.inspect(page.page(), "found-after-reload");
    }

    @Test
    void reloadBeforeTheShopGotTheOrder_offersItOnceMore(RunningShop shop, Visitors visitors) throws Exception {
        Visitor visitor = visitors.one();
        visitor.expectsFault("status of 404");
        OrderPage page = OrderPage.openedBy(visitor);
        HeldOrder order = HeldOrder.on(page.page());
        page.order(DemoProduct.TRAVEL_SET, 1, "Never arrived");
        order.await();

        page.reload();

        assertThat(page.result()).containsText("The shop does not have your order.");
        assertThat(page.orderName()).hasValue("Never arrived");
        assertThat(page.product(DemoProduct.TRAVEL_SET)).isChecked();
        visitor.inspect(page.page(), "absent-after-reload");
        order.stop();
        page.retry().click();
        assertThat(page.result()).containsText("Your order is placed.");
        assertThat(shop.ordersOf(DemoProduct.TRAVEL_SET)).isEqualTo(1);
    }

    @Test
    void onAPhone_theButtonIsInReach_andTheLongestNameBreaksInsteadOfWideningThePage(Visitors visitors) {
        String name = "W".repeat(200);
        Visitor visitor = visitors.one(new Look(360, ColorScheme.LIGHT, "en-GB"));
        OrderPage page = OrderPage.openedBy(visitor);
        assertThat(page.place()).isInViewport();

        page.order(DemoProduct.FILTERS, 1, name);

        assertThat(page.orders(name)).hasCount(1);
        visitor.inspect(page.page(), "longest-name");
    }

    /** Each state that has colours of its own; the language is that of its order alone. */
    @ParameterizedTest
    @MethodSource(Looks.ALL)
    void everyLook_isReadable(int width, ColorScheme scheme, String locale, Visitors visitors) {
        String look = "-" + width + "-" + scheme.name().toLowerCase(Locale.ROOT) + "-" + locale;
        Visitor visitor = visitors.one(new Look(width, scheme, "en-GB"));
        visitor.expectsFault(OUT_OF_STOCK);
        OrderPage page = OrderPage.openedBy(visitor);
        page.place().click();
        visitor.inspect(page.page(), "invalid" + look);

        page.order(DemoProduct.LONGJING, 1000, "Too much tea");
        assertThat(page.result()).containsText("Not enough in stock.");
        visitor.inspect(page.page(), "refused" + look);

        page.order(DemoProduct.FILTERS, 100, "Filters" + look);
        assertThat(page.result()).containsText("Your order is placed.");
        assertThat(page.orders("Filters" + look)).hasCount(1);
        visitor.inspect(page.page(), "placed" + look);
    }

    static Locator books(Page page) {
        return page.locator("#books-content");
    }

    static Locator heading(Page page, String text) {
        return page.getByRole(
                AriaRole.HEADING, new Page.GetByRoleOptions().setName(text).setExact(true));
    }

    /** Past the shop and its books: {@code product_initial} stays as it is. */
    private static void putOnTheShelf(RunningShop shop, int pieces) throws SQLException {
        try (Connection connection = shop.databases().product().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("UPDATE product SET product_nums = product_nums + " + pieces + " WHERE product_id = "
                    + DemoProduct.FILTERS.id());
        }
    }

    private static Pattern inStock(int pieces) {
        return Pattern.compile(
                "(^|\\s)" + NumberFormat.getIntegerInstance(Locale.UK).format(pieces) + " in stock");
    }
}
