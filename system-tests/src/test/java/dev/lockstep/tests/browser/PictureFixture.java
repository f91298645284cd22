package dev.lockstep.tests.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import dev.lockstep.tests.DemoProduct;
import dev.lockstep.tests.OrderApi;
import dev.lockstep.tests.RunningShop;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.extension.ExtendWith;

/** The picture's page, and orders to be drawn in it. */
@ExtendWith(InBrowser.class)
abstract class PictureFixture {

    static final int MORE_THAN_THERE_IS = 1000;

    static Page opened(Visitor visitor) {
        Page page = visitor.open("/picture.html");
        assertThat(page.locator("#live")).hasAttribute("data-state", "live");
        return page;
    }

    static void place(RunningShop shop, DemoProduct product, int quantity, String name, int answer) {
        String order = OrderApi.orderJson(UUID.randomUUID(), product.id(), quantity, name);
        assertThat(shop.api().post(order).statusCode()).isEqualTo(answer);
    }

    /** Places an order that has to wait for a row, until it is seen under way and something else is done. */
    static void placeSlowly(RunningShop shop, Page page, String name, Runnable meanwhile) throws SQLException {
        String order = OrderApi.orderJson(UUID.randomUUID(), DemoProduct.FILTERS.id(), 1, name);
        CompletableFuture<Integer> slow;
        try (Connection other = shop.databases().product().getConnection();
                Statement statement = other.createStatement()) {
            other.setAutoCommit(false);
            statement.execute("SELECT FROM product WHERE product_id = " + DemoProduct.FILTERS.id() + " FOR UPDATE");
            slow = CompletableFuture.supplyAsync(() -> shop.api().post(order).statusCode());
            assertThat(row(page, name)).containsText("under way");
            meanwhile.run();
        }
        assertThat(slow.join()).isEqualTo(201);
        assertThat(row(page, name)).not().containsText("under way"); // the page hears of it a little later
    }

    static Locator row(Page page, String orderName) {
        return page.locator(".row").filter(new Locator.FilterOptions().setHasText(orderName));
    }
}
