package dev.lockstep.tests.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.ElementHandle;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.assertions.LocatorAssertions;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.BoundingBox;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.Media;
import dev.lockstep.tests.DemoProduct;
import dev.lockstep.tests.LauncherProcess;
import dev.lockstep.tests.OrderApi;
import dev.lockstep.tests.RunningShop;
import dev.lockstep.tests.TicketClient;
import java.time.Duration;
import java.util.Locale;
import java.util.UUID;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The picture of real orders, as it is drawn while they are placed. */
class PicturePageIT extends PictureFixture {

    /** An order that waits for a second is replayed in ten. */
    private static final double REPLAY_LIMIT_MILLIS = 60_000;

    private static final Duration SEEN_LIMIT = Duration.ofSeconds(5);

    /** The last place of a replay's moment. */
    private static final String END = "1000";

    @Test
    void commit_isDrawnWithFourStepsAndOnePointOfNoReturn(RunningShop shop, Visitors visitors) {
        Visitor visitor = visitors.one();
        Page page = opened(visitor);

        place(shop, DemoProduct.FILTERS, 1, "Drawn commit", 201);

        Locator row = row(page, "Drawn commit");
        assertThat(row)
                .hasAccessibleName(
                        Pattern.compile("^1 × Paper filters, single .* · Drawn commit committed [0-9.]+ m?s$"));
        assertThat(row.locator(".step.prepare.yes")).hasCount(2);
        assertThat(row.locator(".step.commit.yes")).hasCount(2);
        assertThat(row.locator(".locks")).hasCount(2);
        assertThat(row.locator("line.decision")).hasCount(1);
        assertThat(row.locator(".answer")).hasText("201");
        visitor.inspect(page, "picture-commit");
    }

    /**
     * Scenario: the page is opened again and again, while nobody orders.
     * Expected outcome: what the server tells first is there each time, and above the fold.
     */
    @Tag("slow")
    @Test
    void whatTheServerTellsFirst_isSeenInEachOfTenVisits(RunningShop shop, Visitors visitors) {
        Visitor visitor = visitors.one();
        place(shop, DemoProduct.FILTERS, 1, "There before each visit", 201);
        Page page = opened(visitor);
        for (int visit = 1; visit <= 10; visit++) {
            assertThat(row(page, "There before each visit").first()).isVisible();
            assertThat(page.locator("#empty")).isHidden();
            page.reload();
        }
    }

    /** Scenario: nobody has ordered yet. Expected outcome: a recorded order and a tour of it, which says why; its stops can be looked at. */
    @Test
    void whereThereIsNothing_aRecordedOrderIsExplained(Visitors visitors) {
        Visitor visitor = visitors.one();
        Page page = visitor.open("/login.html");
        page.route("**/api/transactions/events", PicturePageIT::tellOfNothing);
        page.navigate("/picture.html");

        assertThat(page.getByText("Nothing to see yet.")).isVisible();
        assertThat(page.locator("#example .row")).containsText("2 × tea cups");
        assertThat(page.locator("#tour")).containsText("A yes is a promise that outlives a crash");
        assertThat(page.locator("#tour")).containsText("Only the first commit decides");
        visitor.inspect(page, "picture-example");
        page.setViewportSize(360, 740);
        visitor.inspect(page, "picture-example-360");
        page.setViewportSize(1400, 900);

        page.locator("#tour-decision").click();
        Locator dialog = page.getByRole(AriaRole.DIALOG);
        assertThat(dialog.locator(".detail-steps .now").first()).containsText("This is the point of no return");
        assertThat(dialog.locator(".sheet-link")).hasCount(0);
        visitor.inspect(page, "picture-example-detail");
        page.keyboard().press("Escape");
        assertThat(page.locator("#tour-decision")).isFocused();
    }

    private static void tellOfNothing(Route route) {
        String nothing =
                "{\"process\":\"p\",\"periodMillis\":200,\"ended\":0,\"shown\":[],\"open\":[],\"served\":0,\"tickets\":[]}";
        route.fulfill(new Route.FulfillOptions()
                .setContentType("text/event-stream")
                .setBody("event: transactions\ndata: " + nothing + "\n\n"));
    }

    /** Scenario: an order's page leads here. Expected outcome: that order's picture, and the address by which it is found again. */
    @Test
    void pictureOfAnOrder_isFoundByTheOrdersId(RunningShop shop, Visitors visitors) {
        Visitor visitor = visitors.one();
        UUID orderId = UUID.randomUUID();
        shop.api().post(OrderApi.orderJson(orderId, DemoProduct.FILTERS.id(), 1, "Looked for by its id"));

        Page page = visitor.open("/picture.html?order=" + orderId);

        Locator dialog = page.getByRole(AriaRole.DIALOG);
        assertThat(dialog).containsText("Looked for by its id");
        assertThat(page).hasURL(Pattern.compile("/picture\\.html#transaction="));
        assertThat(dialog.locator("[data-step] title").first()).not().isEmpty();
        Page none = visitor.open("/picture.html?order=" + UUID.randomUUID());
        assertThat(none.getByText("That transaction is no longer remembered.")).isVisible();
    }

    @Test
    void rollback_isDrawnWithoutOne(RunningShop shop, Visitors visitors) {
        Visitor visitor = visitors.one();
        Page page = opened(visitor);

        place(shop, DemoProduct.KETTLE, MORE_THAN_THERE_IS, "Drawn rollback", 409);

        Locator row = row(page, "Drawn rollback");
        assertThat(row)
                .hasAccessibleName(
                        Pattern.compile("^1,000 × Cast iron kettle .* · Drawn rollback rolled back [0-9.]+ m?s$"));
        assertThat(row.locator(".step.rollback.yes")).hasCount(1);
        assertThat(row.locator(".step.prepare")).hasCount(0);
        assertThat(row.locator("line.decision")).hasCount(0);
        visitor.inspect(page, "picture-rollback");
    }

    @Test
    void detail_numbersTheMessages_andIsOperatedByKeyboard(RunningShop shop, Visitors visitors) {
        Visitor visitor = visitors.one();
        Page page = opened(visitor);
        place(shop, DemoProduct.FILTERS, 1, "Four messages", 201);
        Locator row = row(page, "Four messages");

        row.focus();
        page.keyboard().press("Enter");

        Locator dialog = page.getByRole(AriaRole.DIALOG);
        assertThat(dialog).hasAccessibleName("1 × Paper filters, single");
        assertThat(dialog.locator(".detail-summary")).containsText("Both databases have committed, in ");
        assertThat(dialog.locator(".exchange li")).hasText(new Pattern[] {
            message("1→prepare"), message("2←yes, prepared"), message("3→commit"), message("4←done"),
            message("1→prepare"), message("2←yes, prepared"), message("3→commit"), message("4←done")
        });
        assertThat(dialog.locator(".detail-steps")).containsText("This is the point of no return: the order stands.");
        assertThat(dialog.locator(".detail-facts")).containsText("201 · Created: the order is placed");
        visitor.inspect(page, "picture-detail");
        page.emulateMedia(new Page.EmulateMediaOptions().setMedia(Media.PRINT));
        assertThat(page.locator("main")).isHidden();
        assertThat(dialog.getByLabel("Moment")).isHidden();
        assertThat(dialog.locator(".detail-facts")).isVisible();
        visitor.inspect(page, "picture-detail-printed");
        page.emulateMedia(new Page.EmulateMediaOptions().setMedia(Media.SCREEN));

        Locator back = dialog.getByText("Step back");
        back.focus();
        page.keyboard().press("Enter");
        assertThat(dialog.locator(".detail-steps .now").first())
                .containsText("The coordinator tells the orders database to commit");
        dialog.getByLabel("Moment").press("Home");
        assertThat(dialog.locator(".detail-steps .now")).containsText("The client orders 1 × Paper filters, single.");

        page.keyboard().press("Escape");
        assertThat(dialog).isHidden();
        assertThat(row).isFocused();
    }

    @Tag("slow")
    @Test
    void ticket_isDrawnAsLocalCommits_andToldWithoutTheWordsOfTwoPhases(RunningShop shop, Visitors visitors) {
        Visitor visitor = visitors.one();
        Page page = opened(visitor);
        place(shop, DemoProduct.FILTERS, 1, "An order beside it", 201);
        TicketClient tickets = new TicketClient(shop.api());
        tickets.taken(DemoProduct.FILTERS.id(), 1, "Drawn ticket");
        tickets.taken(DemoProduct.KETTLE.id(), MORE_THAN_THERE_IS, "Drawn in vain");

        Locator row = row(page, "Drawn ticket");
        assertThat(row)
                .hasAccessibleName(
                        Pattern.compile("^1 × Paper filters, single Ticket · .* · Drawn ticket ready [0-9.]+ m?s$"));
        assertThat(row.locator(".answer")).hasText("202");
        assertThat(row.locator(".step.local.yes")).hasCount(3);
        assertThat(row.locator(".wait")).hasCount(1);
        assertThat(row.locator(".decision, .prepare, .message, .life")).hasCount(0);
        assertThat(row(page, "Drawn in vain")).containsText("sold out");
        assertThat(row(page, "Drawn in vain").locator(".step.local.no")).hasCount(1);
        assertThat(row(page, "An order beside it")).isVisible();
        visitor.inspect(page, "picture-ticket");

        page.getByText("Tickets", new Page.GetByTextOptions().setExact(true)).click();
        assertThat(row(page, "An order beside it")).hasCount(0);
        row.click();

        Locator dialog = page.getByRole(AriaRole.DIALOG);
        Locator steps = dialog.locator(".detail-steps");
        assertThat(steps).containsText("The orders database writes the ticket, in one local commit: ");
        assertThat(steps).containsText("The ticket waits until its number is called: ");
        assertThat(steps).containsText("The product database looks for the stock, in one local commit: ");
        assertThat(steps).containsText("The order is there.");
        assertThat(dialog).not().containsText("prepare");
        assertThat(dialog).not().containsText("point of no return");
        visitor.inspect(page, "picture-ticket-detail");
    }

    /**
     * Scenario: while somebody presses a row, it is drawn anew, here because the window has become narrower.
     * Expected outcome: the press counts.
     */
    @Test
    void rowDrawnAnewWhilePressed_isOpened(RunningShop shop, Visitors visitors) {
        Page page = opened(visitors.one());
        place(shop, DemoProduct.FILTERS, 1, "Pressed", 201);
        Locator picture = row(page, "Pressed").locator("svg");
        row(page, "Pressed").hover();
        ElementHandle pressed = picture.elementHandle();
        page.mouse().down();

        page.setViewportSize(1270, 1000);
        page.waitForCondition(() -> pressed.evaluate("node => node.isConnected").equals(false));
        page.mouse().up();

        assertThat(page.getByRole(AriaRole.DIALOG)).isVisible();
    }

    @Tag("slow")
    @Test
    void slowMotion_movesThroughTheOrder_standsStill_andEndsAtItsEnd(RunningShop shop, Visitors visitors)
            throws Exception {
        Visitor visitor = visitors.one(Look.USUAL.withMotion());
        Page page = opened(visitor);
        // So slow that its replay does not end by itself while it is looked at.
        placeSlowly(shop, page, "In slow motion", () -> {});
        row(page, "In slow motion").click();
        Locator dialog = page.getByRole(AriaRole.DIALOG);
        Locator play = dialog.locator("#replay-play");
        Locator moment = dialog.getByLabel("Moment");
        Locator toCome = dialog.locator(".detail-steps .later");
        assertThat(play).hasText("❚❚ Pause"); // by itself

        dialog.getByLabel("Speed").selectOption("× 1/1000");

        assertThat(toCome).not().hasCount(0);
        int earlier = Integer.parseInt(moment.inputValue());
        page.waitForCondition(() -> Integer.parseInt(moment.inputValue()) > earlier);
        play.click();
        assertThat(play).hasText("▶ Slow motion");
        assertThat(moment).not().hasValue(END);
        visitor.inspect(page, "picture-replay");

        play.click();
        assertThat(play).hasText("❚❚ Pause");
        dialog.getByLabel("Speed").selectOption("× 1/10");
        assertThat(moment).hasValue(END, new LocatorAssertions.HasValueOptions().setTimeout(REPLAY_LIMIT_MILLIS));
        assertThat(toCome).hasCount(0);
        assertThat(play).hasText("▶ Slow motion");
    }

    @ParameterizedTest
    @MethodSource(Looks.ALL)
    void everyLook_isReadable(int width, ColorScheme scheme, String locale, RunningShop shop, Visitors visitors) {
        Visitor visitor = visitors.one(new Look(width, scheme, locale));
        Page page = opened(visitor);
        int height = width == 360 ? 740 : 900;
        page.setViewportSize(width, height);
        place(shop, DemoProduct.FILTERS, 1, "Looked at", 201);
        Locator row = row(page, "Looked at").first();
        assertThat(row).isVisible();
        LauncherProcess.await(
                SEEN_LIMIT,
                "the first row is seen without scrolling",
                () -> end(page.locator(".row").first()) <= height);
        String name = "picture-" + width + '-' + scheme.name().toLowerCase(Locale.ROOT) + '-' + locale;
        visitor.inspect(page, name);
        row.click();
        assertThat(page.getByRole(AriaRole.DIALOG)).isVisible();
        visitor.inspect(page, name + "-detail");
    }

    /** How far down it reaches; rows that come meanwhile move it. */
    private static double end(Locator row) {
        BoundingBox box = row.boundingBox();
        return box.y + box.height;
    }

    /** The browser compares, which does not know Java's way of quoting. */
    private static Pattern message(String words) {
        return Pattern.compile('^' + words + "[0-9.]+ m?s$");
    }
}
