package dev.lockstep.tests.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.LocatorAssertions.ContainsTextOptions;
import com.microsoft.playwright.assertions.LocatorAssertions.HasTextOptions;
import com.microsoft.playwright.options.AriaRole;
import dev.lockstep.tests.DemoProduct;
import dev.lockstep.tests.Site;

/** The pages of the shop without a database, looked at once. */
public final class FourMachinesPages {

    private static final String NAME = "Seen on three servers";
    private static final double HEAL_LIMIT_MILLIS = 150_000;

    private FourMachinesPages() {}

    /** Whether somebody can look; if nobody can who must, this fails. */
    public static boolean canBeSeen() {
        if (!Chromium.isInstalled()) {
            Chromium.assertItMayBeMissing();
            return false;
        }
        return true;
    }

    /**
     * Scenario: somebody orders on the order page.
     * Expected outcome: the page offers no ticket, and says that the order is placed; the picture draws the order, and in its details a lane for each server, none of which is missing.
     */
    public static void look(Site site) {
        try (Chromium chromium = Chromium.start();
                Visitors visitors = new Visitors(chromium, site)) {
            Visitor visitor = visitors.one();
            Page picture = visitor.open("/picture.html");
            assertThat(picture.locator("#live")).hasAttribute("data-state", "live");
            OrderPage orders = OrderPage.openedBy(visitor);

            assertThat(orders.page().locator("#way")).isHidden();
            orders.order(DemoProduct.CUP, 1, NAME);

            assertThat(orders.orders(NAME)).isVisible();
            Locator row = PictureFixture.row(picture, NAME);
            assertThat(row).containsText("committed");
            row.click();
            Locator details = picture.getByRole(AriaRole.DIALOG);
            assertThat(details.locator("svg.large .machine-name")).hasCount(3);
            assertThat(details.locator(".missing")).hasCount(0);
            assertThat(details.locator("line.decision")).hasCount(1);
            visitor.inspect(picture, "picture-four-machines");
            visitors.assertNoOtherFaults();
        }
    }

    /**
     * Scenario: the operator holds an order before complete(), at a server without a database. After the next one's decision he has the client killed, and
     * after that of one more the orders database.
     * Expected outcome: no hold is offered at the votes, and no lock denied; others see nothing until he commits; what was broken heals, and page and
     * picture say so.
     */
    public static void stopAndBreak(Site site) {
        try (Chromium chromium = Chromium.start();
                Visitors visitors = new Visitors(chromium, site)) {
            Visitor operator = visitors.operator();
            operator.expectsDeathOfTheServer();
            Page picture = operator.open("/picture.html");
            assertThat(picture.locator("#live")).hasAttribute("data-state", "live");
            StopPage stop = StopPage.openedBy(operator);
            assertThat(stop.page().locator("input[value=PREPARED]")).isHidden();

            stop.hold(DemoProduct.CUP, 1, "WORK");

            assertThat(stop.title()).hasText("Held after the work.");
            assertThat(stop.orderSeen()).containsText("Not there");
            assertThat(stop.orderSeen()).containsText("Only its own server knows whether it is locked.");
            operator.inspect(stop.page(), "stop-four-machines-held");
            stop.commit().click();
            assertThat(stop.title()).hasText("Committed.");
            assertThat(stop.orderSeen()).containsText("It is there");
            operator.inspect(stop.page(), "stop-four-machines-committed");

            stop.breakPayara(DemoProduct.CUP, "AFTER_DECISION");

            assertThat(stop.page().locator("#break-verdict"))
                    .hasText("Placed, in both databases.", new HasTextOptions().setTimeout(HEAL_LIMIT_MILLIS));
            operator.inspect(stop.page(), "break-four-machines-healed");
            Locator rows = PictureFixture.row(picture, "To be broken");
            assertThat(rows.first()).containsText("committed");

            stop.breakIt("the orders database", DemoProduct.CUP, "AFTER_DECISION");

            assertThat(stop.page().locator("#break-verdict"))
                    .hasText("Placed, in both databases.", new HasTextOptions().setTimeout(HEAL_LIMIT_MILLIS));
            assertThat(rows).hasCount(2);
            rows.first().click();
            Locator details = picture.getByRole(AriaRole.DIALOG);
            assertThat(details.locator("svg.large .machine-name")).hasCount(3);
            assertThat(details.locator(".missing")).hasCount(0);
            assertThat(details.locator(".detail-summary"))
                    .containsText(
                            "Every server has committed", new ContainsTextOptions().setTimeout(HEAL_LIMIT_MILLIS));
            operator.inspect(picture, "picture-four-machines-healed");
        }
    }
}
