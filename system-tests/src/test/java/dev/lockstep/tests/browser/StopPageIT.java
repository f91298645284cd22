package dev.lockstep.tests.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.assertions.LocatorAssertions;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import dev.lockstep.tests.DemoProduct;
import dev.lockstep.tests.Healed;
import dev.lockstep.tests.RunningShop;
import java.text.NumberFormat;
import java.util.Locale;
import java.util.UUID;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Stop before commit: what an operator does, and what everybody else sees meanwhile. */
@ExtendWith(InBrowser.class)
class StopPageIT {

    private static final String HOLDS = "**/api/holds/*";

    /** Two thirds of the 30 s that a transaction has, and a busy machine's time; after 30 s another ending would be told. */
    private static final double BY_ITSELF_MILLIS = 60_000;

    @Test
    void heldAfterTheWork_othersSeeTheOldStock_untilItIsCommittedByHand(RunningShop shop, Visitors visitors)
            throws Exception {
        int stock = shop.stockOf(DemoProduct.FILTERS);
        int orders = shop.ordersOf(DemoProduct.FILTERS);
        Visitor operator = visitors.operator();
        OrderPage shopper = OrderPage.openedBy(visitors.one());
        StopPage page = StopPage.openedBy(operator);
        operator.inspect(page.page(), "stop");

        page.hold(DemoProduct.FILTERS, 3, "WORK");

        assertThat(page.title()).hasText("Held after the work.");
        assertThat(page.page().getByText("It rolls back by itself in")).isVisible();
        assertThat(page.steps()).containsText("Held here: scope.complete() is the next line");
        assertThat(page.stockSeen()).containsText(inStock(stock));
        assertThat(page.stockSeen()).containsText(Pattern.compile("Locked by transaction \\d+: server process \\d+"));
        assertThat(page.orderSeen()).containsText("Not there");
        assertThat(page.orderSeen()).containsText(Pattern.compile("Locked by transaction \\d+: server process \\d+"));
        assertThat(shopper.reload().product(DemoProduct.FILTERS)).hasAccessibleName(Pattern.compile(inStock(stock)));
        assertThat(shop.databases().prepared()).isZero();
        operator.inspect(page.page(), "stop-held-after-work");

        page.commit().click();

        assertThat(page.title()).hasText("Committed.");
        assertThat(page.title()).isFocused();
        assertThat(page.stockSeen()).containsText(inStock(stock - 3));
        assertThat(page.orderSeen()).containsText("It is there");
        assertThat(page.stockSeen()).containsText("Not locked.");
        assertThat(shopper.product(DemoProduct.FILTERS)).hasAccessibleName(Pattern.compile(inStock(stock - 3)));
        assertThat(shop.stockOf(DemoProduct.FILTERS)).isEqualTo(stock - 3);
        assertThat(shop.ordersOf(DemoProduct.FILTERS)).isEqualTo(orders + 1);
        operator.inspect(page.page(), "stop-committed");
    }

    @Tag("slow")
    @Test
    void heldAfterThePrepares_withoutAMouse_andRolledBackByHand_changesNothing(RunningShop shop, Visitors visitors)
            throws Exception {
        int stock = shop.stockOf(DemoProduct.FILTERS);
        int orders = shop.ordersOf(DemoProduct.FILTERS);
        Visitor operator = visitors.operator();
        StopPage stop = StopPage.openedBy(operator);
        Page page = stop.page();
        Keyboard.tabTo(page, "Product");
        page.keyboard().type("Paper");
        Keyboard.tabTo(page, "Quantity");
        page.keyboard().press("ControlOrMeta+a");
        page.keyboard().type("0");
        Keyboard.tabTo(page, "after the work, before scope.complete()");
        page.keyboard().press("ArrowDown");
        Keyboard.tabTo(page, "Place and hold");
        page.keyboard().press("Enter");
        assertThat(page.getByRole(AriaRole.ALERT)).containsText("whole number from 1 to 1,000");
        assertThat(page.getByLabel("Quantity")).isFocused();
        assertThat(page.getByLabel("Quantity")).hasAccessibleDescription(Pattern.compile("from 1 to 1,000"));
        operator.inspect(page, "stop-invalid");
        page.keyboard().press("ControlOrMeta+a");
        page.keyboard().type("4");
        page.keyboard().press("Enter");

        assertThat(stop.title()).hasText("Held after the prepares.");
        assertThat(stop.steps()).containsText("Held here: the decision is the next step");
        assertThat(stop.stockSeen()).containsText(inStock(stock));
        assertThat(stop.stockSeen()).containsText("which is prepared and belongs to no process any more");
        assertThat(stop.orderSeen()).containsText("Not there");
        assertThat(stop.orderSeen()).containsText("which is prepared and belongs to no process any more");
        assertThat(shop.databases().prepared()).isEqualTo(2);
        operator.inspect(page, "stop-held-after-prepares");
        Keyboard.tabTo(page, "Roll back");
        page.keyboard().press("Enter");

        assertThat(stop.title()).hasText("Rolled back.");
        assertThat(stop.title()).isFocused();
        assertThat(stop.stockSeen()).containsText(Pattern.compile(inStock(stock) + ".*unchanged.*Not locked\\."));
        assertThat(stop.orderSeen()).containsText("Not there");
        assertThat(shop.stockOf(DemoProduct.FILTERS)).isEqualTo(stock);
        assertThat(shop.ordersOf(DemoProduct.FILTERS)).isEqualTo(orders);
        Healed.await(shop.databases());
        operator.inspect(page, "stop-rolled-back");
    }

    @Tag("slow")
    @Test
    void forgottenHold_isNotOfferedWhileNothingIsHeardOfIt_andRollsBackByItself(RunningShop shop, Visitors visitors)
            throws Exception {
        int stock = shop.stockOf(DemoProduct.FILTERS);
        int orders = shop.ordersOf(DemoProduct.FILTERS);
        Visitor operator = visitors.operator();
        StopPage stop = StopPage.openedBy(operator);
        stop.hold(DemoProduct.FILTERS, 1, "PREPARED");
        assertThat(stop.title()).hasText("Held after the prepares.");

        operator.expectsFault("status of 503");
        stop.page().route(HOLDS, route -> route.fulfill(new Route.FulfillOptions().setStatus(503)));
        assertThat(stop.failure()).containsText("No answer about the held order.");
        assertThat(stop.commit()).isHidden();
        assertThat(stop.rollback()).isHidden();
        assertThat(stop.left()).isHidden();
        operator.inspect(stop.page(), "stop-no-answer");
        stop.page().unroute(HOLDS);
        assertThat(stop.left()).isVisible();
        assertThat(stop.commit()).isVisible();
        assertThat(stop.failure()).isEmpty();

        assertThat(stop.title())
                .hasText(
                        "Rolled back by itself, after 20 s.",
                        new LocatorAssertions.HasTextOptions().setTimeout(BY_ITSELF_MILLIS));
        assertThat(stop.commit()).isHidden();
        assertThat(stop.left()).isHidden();
        assertThat(shop.stockOf(DemoProduct.FILTERS)).isEqualTo(stock);
        assertThat(shop.ordersOf(DemoProduct.FILTERS)).isEqualTo(orders);
        Healed.await(shop.databases());
        operator.inspect(stop.page(), "stop-rolled-back-by-itself");
    }

    @Tag("slow")
    @Test
    void operatorWhoIsLoggedOutMeanwhile_comesBackToTheHold(RunningShop shop, Visitors visitors) throws Exception {
        Visitor operator = visitors.operator();
        StopPage stop = StopPage.openedBy(operator);
        stop.hold(DemoProduct.FILTERS, 1, "WORK");
        assertThat(stop.title()).hasText("Held after the work.");

        operator.expectsFault("status of 401");
        stop.page().context().clearCookies();

        assertThat(stop.page().getByText("Only an operator may see a held order"))
                .isVisible();
        assertThat(stop.left()).isHidden();
        operator.inspect(stop.page(), "stop-logged-out");
        String login = stop.page()
                .getByRole(AriaRole.MAIN)
                .getByRole(AriaRole.LINK)
                .getByText("Log in")
                .getAttribute("href");
        StopPage again = StopPage.openedBy(operator, shop, login.substring(login.indexOf('=') + 1));
        assertThat(again.title()).hasText("Held after the work.");
        again.rollback().click();
        assertThat(again.title()).hasText("Rolled back.");
        Healed.await(shop.databases());
    }

    @Test
    void holdThatTheServerDoesNotKnow_isSaid(Visitors visitors) {
        Visitor operator = visitors.operator();
        operator.expectsFault("status of 404");
        StopPage stop = StopPage.openedBy(operator, "stop.html#hold=" + UUID.randomUUID());

        assertThat(stop.failure()).containsText("There is no such hold, or not any more");
        assertThat(stop.title()).isHidden();
        operator.inspect(stop.page(), "stop-no-such-hold");
    }

    @Test
    void visitor_isAskedToLogIn_andSeesARecordedHold_andBreakingIsForNobodyOutsideADemonstration(Visitors visitors) {
        Visitor anybody = visitors.one();
        Page page = anybody.open("/stop.html");

        assertThat(page.getByText("Only an operator may hold an order.")).isVisible();
        assertThat(page.getByRole(AriaRole.MAIN).getByRole(AriaRole.LINK).getByText("Log in"))
                .hasAttribute("href", "login.html?from=stop.html");
        assertThat(page.locator("#stop-form")).isHidden();
        assertThat(page.locator("#break")).isHidden();
        assertThat(page.locator("#stage-title")).hasText("Held after the prepares.");
        assertThat(page.locator("#stage-left")).isHidden();
        anybody.inspect(page, "stop-anybody");
        page.locator("#stage-commit").click();
        assertThat(page.locator("#stage-title")).hasText("Committed.");
        assertThat(page.locator("#reader")).containsText("It is there");
        page.locator("#stop-again").click();
        page.locator("#stage-rollback").click();
        assertThat(page.locator("#stage-title")).hasText("Rolled back.");
        anybody.inspect(page, "stop-anybody-rolled-back");

        Page operators = StopPage.openedBy(visitors.operator()).page();
        assertThat(operators.locator("#stop")).isVisible();
        assertThat(operators.locator("#break")).isHidden();
        assertThat(operators.locator("#break")).isEmpty();
    }

    @ParameterizedTest
    @MethodSource(Looks.ALL)
    void everyLook_isReadable(int width, ColorScheme scheme, String locale, Visitors visitors) {
        String look = "-" + width + '-' + scheme.name().toLowerCase(Locale.ROOT) + '-' + locale;
        String at = width == 360 ? "WORK" : "PREPARED";
        Visitor operator = visitors.operator(new Look(width, scheme, "en-GB"));
        StopPage page = StopPage.openedBy(operator);
        if (locale.startsWith("zh")) {
            page.speakChinese();
        }
        page.hold(DemoProduct.FILTERS, 1, at);
        page.assertState("HELD");
        operator.inspect(page.page(), "stop-held" + look);

        (at.equals("WORK") ? page.rollback() : page.commit()).click();
        page.assertState(at.equals("WORK") ? "ROLLED_BACK" : "COMMITTED");
        operator.inspect(page.page(), "stop-over" + look);
    }

    private static String inStock(int pieces) {
        return NumberFormat.getIntegerInstance(Locale.UK).format(pieces) + " in stock";
    }
}
