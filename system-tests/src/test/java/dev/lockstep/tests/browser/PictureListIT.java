package dev.lockstep.tests.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import dev.lockstep.tests.DemoProduct;
import dev.lockstep.tests.RunningShop;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Which orders the picture lists, in which order, and how many of them. */
class PictureListIT extends PictureFixture {

    /** Together they place far more orders than the list takes in. */
    private static final int CLIENTS = 8;

    @Test
    void filter_leavesWhatItSays(RunningShop shop, Visitors visitors) {
        Visitor visitor = visitors.one();
        Page page = opened(visitor);
        place(shop, DemoProduct.FILTERS, 1, "Filtered commit", 201);
        place(shop, DemoProduct.KETTLE, MORE_THAN_THERE_IS, "Filtered rollback", 409);
        assertThat(row(page, "Filtered commit")).isVisible();
        assertThat(row(page, "Filtered rollback")).isVisible();

        page.getByText("Rolled back", new Page.GetByTextOptions().setExact(true))
                .click();

        assertThat(row(page, "Filtered rollback")).isVisible();
        assertThat(row(page, "Filtered commit")).hasCount(0);

        Page same = visitor.open(page.url().substring(shop.address().length()));
        assertThat(row(same, "Filtered rollback")).isVisible();
        assertThat(row(same, "Filtered commit")).hasCount(0);
    }

    @Test
    void productFilter_leavesWhatItSays(RunningShop shop, Visitors visitors) {
        Page page = opened(visitors.one());
        place(shop, DemoProduct.FILTERS, 1, "Filters, of all products", 201);
        place(shop, DemoProduct.KETTLE, MORE_THAN_THERE_IS, "Kettles, of all products", 409);
        assertThat(row(page, "Filters, of all products")).isVisible();
        assertThat(row(page, "Kettles, of all products")).isVisible();

        page.getByLabel("Product").selectOption(DemoProduct.KETTLE.label());

        assertThat(row(page, "Kettles, of all products")).isVisible();
        assertThat(row(page, "Filters, of all products")).hasCount(0);
        page.getByLabel("Product").selectOption("All products");
        assertThat(row(page, "Filters, of all products")).isVisible();
    }

    /**
     * Scenario: an order waits for a row that somebody has locked; another one begins later and ends earlier.
     * Expected outcome: of both, the later one stands first, or the slower one if the slowest are wanted first.
     */
    @Tag("slow")
    @Test
    void slowestFirst_isAnotherOrderThanNewestFirst(RunningShop shop, Visitors visitors) throws Exception {
        Page page = opened(visitors.one());
        placeSlowly(shop, page, "A slow one", () -> {
            place(shop, DemoProduct.KETTLE, MORE_THAN_THERE_IS, "A later, quick one", 409);
            assertThat(row(page, "A later, quick one")).isVisible();
        });
        assertThat(row(page, "A slow one")).containsText("committed");
        assertThat(placeInList(page, "A later, quick one")).isLessThan(placeInList(page, "A slow one"));

        page.getByLabel("Slowest first").check();

        assertThat(row(page, "A slow one")).isVisible();
        assertThat(placeInList(page, "A slow one")).isLessThan(placeInList(page, "A later, quick one"));
    }

    @Tag("slow")
    @Test
    void moreOrdersThanEyesCanFollow_areSampled_andThePageSaysSo(RunningShop shop, Visitors visitors) {
        Visitor visitor = visitors.one();
        Page page = opened(visitor);
        Locator rate = page.locator("#rate");
        assertThat(rate).hasText("No order is placed at the moment.");

        AtomicBoolean isSeen = new AtomicBoolean();
        ExecutorService threads = Executors.newFixedThreadPool(CLIENTS);
        List<CompletableFuture<Void>> crowd = Stream.generate(
                        () -> CompletableFuture.runAsync(() -> placeUntil(isSeen, shop), threads))
                .limit(CLIENTS)
                .toList();
        try {
            assertThat(rate).hasText(Pattern.compile("^Shows [0-9,]+ of [0-9,]+ commits a second: a few of them, "));
            assertThat(row(page, "One of many").first()).isVisible();
        } finally {
            isSeen.set(true);
            threads.shutdown();
        }
        visitor.inspect(page, "picture-sampled");
        crowd.forEach(CompletableFuture::join);
        assertThat(rate).hasText("No order is placed at the moment.");
    }

    @Test
    void pausedList_letsNothingIn_untilItGoesOn(RunningShop shop, Visitors visitors) {
        Page page = opened(visitors.one());
        page.getByText("Pause", new Page.GetByTextOptions().setExact(true)).click();

        place(shop, DemoProduct.FILTERS, 1, "While paused", 201);

        assertThat(page.locator("#rate")).containsText("Newer ones waiting: ");
        assertThat(row(page, "While paused")).hasCount(0);
        page.getByText("Go on", new Page.GetByTextOptions().setExact(true)).click();
        assertThat(row(page, "While paused")).isVisible();
    }

    private static void placeUntil(AtomicBoolean isSeen, RunningShop shop) {
        while (!isSeen.get()) {
            place(shop, DemoProduct.FILTERS, 1, "One of many", 201);
        }
    }

    /** 0 for the first row; behind all others, if the list does not go so far. */
    private static int placeInList(Page page, String orderName) {
        List<String> rows = page.locator(".row").allTextContents();
        return IntStream.range(0, rows.size())
                .filter(place -> rows.get(place).contains(orderName))
                .findFirst()
                .orElse(rows.size());
    }
}
