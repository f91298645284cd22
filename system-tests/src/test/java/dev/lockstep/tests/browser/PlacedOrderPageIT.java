package dev.lockstep.tests.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Page.EmulateMediaOptions;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.Media;
import dev.lockstep.tests.DemoProduct;
import dev.lockstep.tests.HeldQueue;
import dev.lockstep.tests.OrderApi;
import dev.lockstep.tests.RunningShop;
import dev.lockstep.tests.TicketClient;
import java.util.Locale;
import java.util.UUID;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The page that each order has of its own, and how one comes there. */
@ExtendWith(InBrowser.class)
class PlacedOrderPageIT {

    private static final DemoProduct PRODUCT = DemoProduct.FILTERS;

    @Test
    void placedOrder_isOneClickAway_withItsNumberToCopy_andItsPicture(Visitors visitors) {
        Visitor visitor = visitors.one();
        OrderPage form = OrderPage.openedBy(visitor);
        form.order(PRODUCT, 2, "To be looked at");
        assertThat(form.result()).containsText("Your order is placed.");
        String orderId = form.orderNumber();
        Page page = form.page();
        assertThat(link(page, "See how it was committed")).hasAttribute("href", "picture.html?order=" + orderId);

        link(page, "Show the order").click();

        assertThat(page).hasURL(Pattern.compile("/order\\.html\\?id=" + orderId + "$"));
        assertThat(heading(page)).hasText("The order is placed.");
        assertThat(page.locator("#announcement")).hasText("The order is placed.");
        assertThat(page.locator("#facts")).containsText("2 × Paper filters, single");
        assertThat(page.locator("#facts")).containsText("To be looked at");
        assertThat(link(page, "See how it was committed")).hasAttribute("href", "picture.html?order=" + orderId);
        form.button("Copy").click();
        assertThat(form.button("Copied")).isVisible();
        assertPrintsTheOrderAlone(visitor, page, orderId);
    }

    private static void assertPrintsTheOrderAlone(Visitor visitor, Page page, String orderId) {
        page.emulateMedia(new EmulateMediaOptions().setMedia(Media.PRINT));
        assertThat(page.getByText(orderId)).isVisible();
        assertThat(page.getByRole(AriaRole.BUTTON)).hasCount(0);
        assertThat(page.getByRole(AriaRole.LINK)).hasCount(1); // the shop's name
        visitor.inspect(page, "order-printed");
        page.emulateMedia(new EmulateMediaOptions().setMedia(Media.SCREEN));
    }

    /**
     * Scenario: an order's transaction is prepared and not decided.
     * Expected outcome: its page says that nobody knows yet, and by itself that the order is placed once it is.
     */
    @Test
    void orderInDoubt_isToldAsSuch_andThePageFindsOutByItself(Visitors visitors) {
        StopPage stop = StopPage.openedBy(visitors.operator());
        stop.hold(PRODUCT, 1, "PREPARED");
        stop.assertState("HELD");
        String orderId = (String) stop.page().evaluate("""
                        async () => {
                          const holdId = location.hash.replace('#hold=', '');
                          return (await (await fetch(`api/holds/${holdId}`)).json()).order.orderId;
                        }""");
        Visitor visitor = visitors.one();

        Page page = visitor.open("/order.html?id=" + orderId);

        assertThat(heading(page)).hasText("It is not known yet.");
        assertThat(page.locator("#picture")).hasAttribute("href", "picture.html?order=" + orderId);
        visitor.inspect(page, "order-in-doubt");
        stop.commit().click();
        assertThat(heading(page)).hasText("The order is placed.");
        stop.assertState("COMMITTED");
    }

    @Test
    void whatIsNoOrder_isTold_andATicketIsShownOnItsOwnPage(RunningShop shop, Visitors visitors) throws Exception {
        Visitor visitor = visitors.one();
        visitor.expectsFault("status of 404");
        Page page = visitor.open("/order.html?id=" + UUID.randomUUID());
        assertThat(heading(page)).hasText("There is no such order.");
        visitor.inspect(page, "order-absent");

        page.navigate("/order.html?id=6f1f3c9e");
        assertThat(heading(page)).hasText("This is not an order’s address.");
        assertThat(page.locator("#order")).isHidden();
        visitor.inspect(page, "order-malformed");

        try (HeldQueue queue = new HeldQueue(shop.databases(), PRODUCT.id())) {
            UUID ticketId = new TicketClient(shop.api()).taken(PRODUCT.id(), 1, "Still a ticket");
            page.navigate("/order.html?id=" + ticketId);
            assertThat(page).hasURL(Pattern.compile("/ticket\\.html\\?id=" + ticketId + "$"));
            queue.release();
            assertThat(heading(page)).hasText("Your order is ready.");
        }
        link(page, "Show the order").click();
        assertThat(heading(page)).hasText("The order is placed.");
    }

    @ParameterizedTest
    @MethodSource(Looks.ALL)
    void everyWidthSchemeAndLanguage_isReadable(
            int width, ColorScheme scheme, String locale, RunningShop shop, Visitors visitors) {
        UUID orderId = UUID.randomUUID();
        shop.api().post(OrderApi.orderJson(orderId, PRODUCT.id(), 1, "W".repeat(200)));
        Visitor visitor = visitors.one(new Look(width, scheme, locale));

        Page page = visitor.open("/order.html?id=" + orderId);

        assertThat(heading(page)).hasText(locale.startsWith("zh") ? "已下单。" : "The order is placed.");
        assertThat(page.locator("#facts")).containsText(PRODUCT.label());
        visitor.inspect(page, "order-" + width + "-" + scheme.name().toLowerCase(Locale.ROOT) + "-" + locale);
    }

    /** Older ones page by page; any by its number; an operator also by name, and nobody else. */
    @Test
    void ordersAreFound_byPage_byNumber_andByName(RunningShop shop, Visitors visitors) {
        UUID sought = UUID.randomUUID();
        shop.api().post(OrderApi.orderJson(sought, PRODUCT.id(), 1, "Needle in a haystack"));
        for (int i = 0; i < 20; i++) {
            shop.api().post(OrderApi.orderJson(UUID.randomUUID(), PRODUCT.id(), 1, "Hay"));
        }
        Visitor operator = visitors.operator();
        OrderPage form = OrderPage.openedBy(operator);
        Page page = form.page();
        assertThat(form.orders("Hay")).hasCount(20);
        assertThat(form.orders("Needle")).hasCount(0);

        form.button("Older orders").click();
        Locator found = page.locator("#orders .placed-order");
        assertThat(found.first()).containsText("Needle in a haystack");
        operator.inspect(page, "orders-older");
        form.button("Newer orders").click();
        assertThat(form.orders("Hay")).hasCount(20);

        Locator search = searchIn(page);
        search.fill("NEEDLE IN");
        search.press("Enter");
        assertThat(found).hasCount(1);
        assertThat(found).containsText("Needle in a haystack");
        operator.inspect(page, "orders-found");

        search.fill(sought.toString());
        form.button("Find").click();
        assertThat(page).hasURL(Pattern.compile("/order\\.html\\?id=" + sought + "$"));
        assertThat(page.locator("#facts")).containsText("Needle in a haystack");

        Visitor stranger = visitors.one(new Look(360, ColorScheme.LIGHT, "en-GB"));
        Page narrow = OrderPage.openedBy(stranger).page();
        searchIn(narrow).fill("needle");
        searchIn(narrow).press("Enter");
        assertThat(narrow.getByText("Only operators find orders by name.")).isVisible();
        stranger.inspect(narrow, "orders-not-found-360");
    }

    private static Locator searchIn(Page page) {
        return page.getByRole(AriaRole.SEARCHBOX, new Page.GetByRoleOptions().setName("Find an order"));
    }

    private static Locator link(Page page, String name) {
        return page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName(name));
    }

    private static Locator heading(Page page) {
        return page.getByRole(AriaRole.HEADING, new Page.GetByRoleOptions().setLevel(1));
    }
}
