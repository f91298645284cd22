package dev.lockstep.tests.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import dev.lockstep.tests.DemoProduct;
import dev.lockstep.tests.Healed;
import dev.lockstep.tests.OrderApi;
import dev.lockstep.tests.Outage;
import dev.lockstep.tests.RunningShop;
import java.util.UUID;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The order page where something is away for longer. In each build, OrderPageIT shows it without the orders database. */
@Tag("slow")
@ExtendWith(InBrowser.class)
class OrderPageTroubleIT {

    private static final String STREAM = "**/api/live";

    /**
     * Scenario: the product database dies while the order is on its way.
     * Expected outcome: the shopper reads that nothing was ordered; when the database is back, the same order goes through,
     * and is there once.
     */
    @Test
    void productDatabaseAway_nothingIsOrdered_andTheSameOrderGoesThroughOnce(RunningShop shop, Visitors visitors)
            throws Exception {
        int stock = shop.stockOf(DemoProduct.CUP);
        Visitor visitor = visitors.one();
        visitor.expectsFault("status of 503");
        visitor.toleratesGivingUp("/api/products");
        OrderPage page = OrderPage.openedBy(visitor);
        HeldOrder order = HeldOrder.on(page.page());
        page.order(DemoProduct.CUP, 2, "Cups in a storm");
        order.await();

        try (Outage outage = shop.loseDatabase("product")) {
            order.letGo();
            assertThat(page.result()).containsText("Your order was not placed.");
            assertThat(page.result()).containsText("The shop could not complete it and changed nothing.");
            assertThat(page.page()
                            .getByText("The product database has not answered since")
                            .first())
                    .isVisible();
            assertThat(OrderPageIT.heading(page.page(), "In step when last heard"))
                    .isVisible();
            assertThat(OrderPageIT.books(page.page())).containsText("When last heard, every piece was on the shelf");
            visitor.inspect(page.page(), "product-database-away");
            outage.end();
        }
        assertThat(shop.stockOf(DemoProduct.CUP)).isEqualTo(stock);
        page.retry().click();

        assertThat(page.result()).containsText("Your order is placed.");
        assertThat(page.orders("Cups in a storm")).hasCount(1);
        assertThat(shop.ordersOf(DemoProduct.CUP)).isEqualTo(1);
        assertThat(shop.stockOf(DemoProduct.CUP)).isEqualTo(stock - 2);
        Healed.await(shop.databases());
        visitor.inspect(page.page(), "product-database-healed");
    }

    /**
     * Scenario: something between shop and shopper lets no stream through.
     * Expected outcome: the page says that it asks every few seconds, shows what is ordered meanwhile, but no sum, and is live once
     * it can be.
     */
    @Test
    void withoutAStream_thePageAsks_andIsLiveAgainOnceThereIsOne(RunningShop shop, Visitors visitors) {
        Visitor visitor = visitors.one();
        visitor.expectsFault("ERR_FAILED");
        OrderPage form = OrderPage.openedBy(visitor);
        Page page = form.page();
        assertThat(page.locator("#live")).hasText("Live");
        page.route(STREAM, Route::abort);
        form.reload();

        assertThat(page.locator("#live")).hasText("Updated every 5 s");
        assertThat(OrderPageIT.books(page)).containsText("can be shown only while the page is live");
        shop.api().post(OrderApi.orderJson(UUID.randomUUID(), DemoProduct.FILTERS.id(), 1, "Seen without a stream"));
        assertThat(form.orders("Seen without a stream")).hasCount(1);
        visitor.inspect(page, "order-page-polling");
        page.unroute(STREAM);

        assertThat(page.locator("#live")).hasText("Live");
        assertThat(OrderPageIT.books(page)).hasAttribute("data-verdict", "even");
    }
}
