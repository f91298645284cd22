package dev.lockstep.tests.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import dev.lockstep.tests.DemoProduct;
import dev.lockstep.tests.Site;

/** The pages of the shop without a database, looked at once. */
public final class FourMachinesPages {

    private static final String NAME = "Seen on three servers";

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
}
