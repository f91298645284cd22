package dev.lockstep.tests.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.LocatorAssertions.HasTextOptions;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import dev.lockstep.tests.DemoProduct;
import dev.lockstep.tests.Healed;
import dev.lockstep.tests.RunningShop;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Break it, in a shop in demo mode: what an operator sees of a crash, beside the picture that is drawn of it. */
@Tag("slow")
class BreakPageIT {

    @RegisterExtension
    static final InBrowser BROWSER = InBrowser.withADemonstration();

    private static final double ONE_LINE_PIXELS = 40;

    /** A little longer than the page asks. */
    private static final double HEAL_LIMIT_MILLIS = 150_000;

    /**
     * Scenario: Payara dies once the commit point has committed, before it tells the other database.
     * Expected outcome: the client hears nothing, asks, and finds the order placed; the break form tells that the resolver ended it, and
     * so does the picture, with the time when no coordinator lived; both databases have the order.
     */
    @Test
    void payaraKilledAfterTheDecision_isSeenToHeal_inTheVerdictAndInThePicture(RunningShop shop, Visitors visitors)
            throws Exception {
        int stock = shop.stockOf(DemoProduct.CUP);
        Visitor operator = visitors.operator();
        operator.expectsDeathOfTheServer();
        Page picture = operator.open("/picture.html");
        assertThat(picture.locator("#live")).hasAttribute("data-state", "live");
        StopPage stop = StopPage.openedBy(operator);
        Page page = stop.page();
        operator.inspect(page, "break");

        stop.breakPayara(DemoProduct.CUP, "AFTER_DECISION");

        assertThat(page.locator("#break-clock"))
                .hasText(Pattern.compile("^[0-9]+ s\\. Nobody can tell yet\\. Coming back: Payara, the coordinator…$"));
        operator.inspect(page, "break-awaited");
        assertThat(page.locator("#break-verdict"))
                .hasText("Placed, in both databases.", new HasTextOptions().setTimeout(HEAL_LIMIT_MILLIS));
        assertThat(page.locator("#break-verdict")).isFocused();
        assertThat(page.locator("#break-words")).containsText("1 × Porcelain cup is taken and the order is written.");
        assertThat(page.locator("#break-told .step-words")).hasText(new String[] {
            "The order is sent.",
            "No answer: the connection broke.",
            "Asked: nobody can tell yet. Asking again…",
            "Asked: the order is there.",
            "Stock: 5,000 before, 4,999 now."
        });
        assertThat(page.locator("#break-steps .done")).hasText(new Pattern[] {
            Pattern.compile("^Work in product: take the stock"),
            Pattern.compile("^Work in orders: write the order"),
            Pattern.compile("^① Prepare product"),
            Pattern.compile("^① Prepare orders"),
            Pattern.compile("^③ Commit product, ④ “OK”: the decision"),
            Pattern.compile("^The resolver settles it in orders")
        });
        assertThat(page.locator("#break-steps .to-come")).hasCount(0);
        assertThat(page.locator("#break-clock")).isHidden();
        assertThat(page.locator("#login-needed")).isHidden(); // Sessions outlive their server.
        operator.inspect(page, "break-healed");

        Locator row = picture.locator(".row").filter(new Locator.FilterOptions().setHasText("To be broken"));
        assertThat(row.locator(".badge")).containsText("settled: committed");
        assertThat(row.locator(".dead")).hasCount(1);
        assertThat(row.locator(".doubt")).hasCount(1);
        assertThat(row.locator(".decision")).hasCount(1);
        assertThat(row.locator(".step.commit.yes")).hasCount(1);
        assertThat(row.locator(".step.resolve.yes")).hasCount(1);
        assertThat(row.locator(".answer")).hasCount(0);
        operator.inspect(picture, "picture-healed");
        row.click();
        Locator dialog = picture.getByRole(AriaRole.DIALOG);
        assertThat(dialog.locator(".detail-summary"))
                .containsText("the resolver found the decision and finished the commit. Both databases agree.");
        assertThat(dialog.locator(".detail-steps")).containsText("The client hears nothing: the coordinator died.");
        assertThat(dialog.locator(".detail-steps")).containsText("No coordinator lives for ");
        assertThat(dialog.locator(".detail-steps")).containsText("The decision is there, so it commits.");
        assertThat(dialog.locator(".exchange").last()).containsText("commit (by the resolver)");
        operator.inspect(picture, "picture-healed-detail");

        assertThat(shop.stockOf(DemoProduct.CUP)).isEqualTo(stock - 1);
        assertThat(shop.ordersOf(DemoProduct.CUP)).isEqualTo(1);
        Healed.await(shop.databases());
    }

    @Test
    void form_isReadableOnAPhoneAtNight_inChinese(Visitors visitors) {
        Visitor operator = visitors.operator(new Look(360, ColorScheme.DARK, "en-GB"));
        StopPage stop = StopPage.openedBy(operator);
        stop.speakChinese();

        assertThat(stop.page().locator("#break-heading")).hasText("弄坏它");
        assertThat(stop.page().locator("#break-submit")).hasText("下单并弄坏");
        assertThat(stop.breaking().getByText("Payara（协调者）").boundingBox().height)
                .as("height of a few words")
                .isLessThan(ONE_LINE_PIXELS);
        operator.inspect(stop.page(), "break-360-dark-zh");
    }
}
