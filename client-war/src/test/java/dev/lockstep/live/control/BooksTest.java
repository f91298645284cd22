package dev.lockstep.live.control;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.order.boundary.OrderTotals;
import dev.lockstep.product.boundary.StockTotals;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BooksTest {

    private static final long INITIAL = 100_000;

    @Test
    void quietShop_isEven() {
        assertThat(Books.opened(quiet(800, 800))).isEqualTo(new Books(INITIAL, INITIAL - 800, 800, 0, 0));
    }

    @Test
    void emptyShop_isEven() {
        Reading nothing = new Reading(new OrderTotals(0, 0), new StockTotals(0, 0, 0), new OrderTotals(0, 0));
        assertThat(Books.opened(nothing)).isEqualTo(new Books(0, 0, 0, 0, 0));
    }

    @ParameterizedTest(
            name =
                    "taken {0}, ordered {1} to {2}, prepared {3} in product and {4} in orders: {5} in flight, {6} missing")
    @CsvSource({
        // Orders came while the stock was read.
        "805, 800, 810, 0, 0, 0, 0",
        "800, 800, 810, 0, 0, 0, 0",
        "810, 800, 810, 0, 0, 0, 0",
        // The product database is the commit point: the order is still prepared.
        "805, 800, 800, 0, 1, 5, 0",
        "1800, 800, 800, 0, 1, 1000, 0",
        // Or its orders database is.
        "800, 805, 805, 1, 0, -5, 0",
        "800, 1800, 1900, 1, 0, -1000, 0",
        // What is prepared on the other side explains nothing.
        "801, 800, 800, 1, 0, 0, 1",
        "799, 800, 800, 0, 1, 0, -1",
        // More than all that is prepared can explain.
        "1801, 800, 800, 0, 1, 0, 1001",
        "800, 2801, 2801, 2, 0, 0, -2001",
        // Even in the midst of other orders.
        "812, 800, 811, 0, 0, 0, 1",
        "799, 800, 811, 0, 0, 0, -1",
    })
    void tellsWhatIsUnderWayFromWhatIsMissing(
            long taken, long before, long after, int inProduct, int inOrders, long inFlight, long missing) {
        Books books = Books.opened(reading(taken, before, after, inProduct, inOrders));
        assertThat(books.inFlight()).isEqualTo(inFlight);
        assertThat(books.missing()).isEqualTo(missing);
        assertThat(books.stock() + books.ordered() + books.inFlight() + books.missing())
                .isEqualTo(books.initial());
    }

    @Test
    void whatWasProven_standsUntilTheContraryIsProven() {
        Books wrong = Books.opened(quiet(801, 800));
        assertThat(wrong.missing()).isEqualTo(1);
        Books underLoad = wrong.next(reading(900, 890, 910, 2, 2));
        assertThat(underLoad.missing()).isEqualTo(1);
        assertThat(underLoad.next(quiet(911, 910)).missing()).isEqualTo(1);
        assertThat(underLoad.next(quiet(910, 910)).missing()).isZero();
    }

    @Test
    void contradictionThatGrows_isToldInFull() {
        assertThat(Books.opened(quiet(801, 800)).next(quiet(803, 800)).missing())
                .isEqualTo(3);
    }

    private static Reading quiet(long taken, long ordered) {
        return reading(taken, ordered, ordered, 0, 0);
    }

    private static Reading reading(long taken, long before, long after, int inProduct, int inOrders) {
        return new Reading(
                new OrderTotals(before, 0),
                new StockTotals(INITIAL, INITIAL - taken, inProduct),
                new OrderTotals(after, inOrders));
    }
}
