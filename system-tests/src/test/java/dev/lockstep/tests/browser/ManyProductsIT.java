package dev.lockstep.tests.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import dev.lockstep.tests.DemoProduct;
import dev.lockstep.tests.RunningShop;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The order page in a shop with 100,000 products; they are gone when the next class comes to it. */
@Tag("slow")
@ExtendWith(InBrowser.class)
class ManyProductsIT {

    private static final int MANY = 100_000;

    /** Behind all others, so that the demo products stay the first. */
    private static final int BEFORE_THEM = 2_000_000_000;

    @Test
    void anyProduct_isFoundAndOrdered_andNoListIsEndless(RunningShop shop, Visitors visitors) throws SQLException {
        stock(shop);
        Visitor visitor = visitors.one();
        OrderPage form = OrderPage.openedBy(visitor);
        Page page = form.page();
        Locator search = page.getByRole(AriaRole.SEARCHBOX, new Page.GetByRoleOptions().setName("Find a product"));
        Locator cards = page.locator("#products li");
        assertThat(cards).hasCount(24);
        visitor.inspect(page, "many-products");

        search.fill("rare 77123");
        Locator rare = page.getByRole(AriaRole.RADIO, new Page.GetByRoleOptions().setName("Rare tea 77123"));
        assertThat(cards).hasCount(1);
        rare.check();
        form.quantity().fill("2");
        form.orderName().fill("From the far end");
        visitor.inspect(page, "product-found");
        form.place().click();

        assertThat(form.result()).containsText("2 × Rare tea 77123");
        assertThat(form.orders("From the far end")).containsText("2 × Rare tea 77123");
        assertThat(rare).hasAccessibleName("Rare tea 77123 98 in stock");
        search.fill("");
        assertThat(cards).hasCount(25);
        assertThat(rare).isChecked();
        assertThat(form.product(DemoProduct.LONGJING)).isVisible();
        assertThat(page.evaluate("() => document.documentElement.scrollHeight"))
                .as("pixels to scroll")
                .satisfies(pixels -> assertThat((Integer) pixels).isLessThan(6_000));

        Page console = visitor.open("/console.html");
        console.locator("#transaction-search").fill("rare tea 77123");
        assertThat(console.locator("#transactions-shown")).hasText("1–1 of 1");
        assertThat(console.locator("td.of-order")).containsText("2 × Rare tea 77123");
        Page picture = visitor.open("/picture.html");
        assertThat(picture.locator("#rows .row", new Page.LocatorOptions().setHasText("Rare tea 77123")))
                .hasCount(1);
    }

    private static void stock(RunningShop shop) throws SQLException {
        try (Connection connection = shop.databases().product().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("INSERT INTO product (product_id, product_name, product_nums)" + " SELECT " + BEFORE_THEM
                    + " + n, 'Rare tea ' || n, 100 FROM generate_series(1, " + MANY + ") AS n");
        }
    }
}
