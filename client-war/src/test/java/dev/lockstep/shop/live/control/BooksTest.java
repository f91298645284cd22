package dev.lockstep.shop.live.control;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.order.boundary.OrderTotals;
import dev.lockstep.product.boundary.StockTotals;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BooksTest {

    private static final long INITIAL = 10_000_000;

    @Test
    void quietShop_isEven() {
        assertThat(Books.opened(quiet(800, 800))).isEqualTo(books(INITIAL, INITIAL - 800, 800));
    }

    @Test
    void emptyShop_isEven() {
        Reading nothing = new Reading(
                new OrderTotals(0, 0, 0, 0, 0), new StockTotals(0, 0, 0, 0), new OrderTotals(0, 0, 0, 0, 0));
        assertThat(Books.opened(nothing)).isEqualTo(books(0, 0, 0));
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
        // All the orders that one transaction may have, of all the pieces that an order may have.
        "100800, 800, 800, 0, 1, 100000, 0",
        // Or its orders database is.
        "800, 805, 805, 1, 0, -5, 0",
        "800, 100800, 100900, 1, 0, -100000, 0",
        // What is prepared on the other side explains nothing.
        "801, 800, 800, 1, 0, 0, 1",
        "799, 800, 800, 0, 1, 0, -1",
        // More than all that is prepared can explain.
        "100801, 800, 800, 0, 1, 0, 100001",
        "800, 200801, 200801, 2, 0, 0, -200001",
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

    @ParameterizedTest(
            name =
                    "taken {0}, ordered {1} to {2}, then unended {3}, sold out meanwhile {4}: {5} for tickets, {6} missing")
    @CsvSource({
        // All have been called.
        "800, 800, 800, 0, 0, 0, 0",
        // Its stock is taken, its order not written yet.
        "805, 800, 800, 5, 0, 5, 0",
        // It was written while the stock was read.
        "805, 800, 805, 0, 0, 5, 0",
        // Many wait, and have nothing yet.
        "800, 800, 800, 9000, 0, 0, 0",
        // Tickets were given and called meanwhile.
        "820, 800, 900, 50, 0, 20, 0",
        // It was refused after the stock was read.
        "805, 800, 800, 0, 5, 5, 0",
        // In an order and on the shelf.
        "799, 800, 800, 0, 0, 0, -1",
        "799, 800, 900, 9000, 70, 0, -1",
        // More than tickets can explain.
        "806, 800, 800, 0, 0, 0, 6",
        "806, 800, 800, 5, 0, 5, 1",
        "806, 800, 801, 2, 2, 5, 1",
    })
    void tellsWhatIsTakenForTicketsFromWhatIsMissing(
            long taken, long before, long after, long unended, long soldOut, long forTickets, long missing) {
        Books books = Books.opened(tickets(taken, before, after, unended, soldOut));
        assertThat(books.forTickets()).isEqualTo(forTickets);
        assertThat(books.missing()).isEqualTo(missing);
        assertThat(books.inFlight()).isZero();
        assertThat(books.stock() + books.ordered() + books.forTickets() + books.missing())
                .isEqualTo(books.initial());
    }

    @Test
    void whatIsMissingOfTickets_standsAsFarAsItCanStillBeTrue() {
        Books wrong = Books.opened(tickets(807, 800, 800, 0, 0));
        assertThat(wrong.missing()).isEqualTo(7);
        Books underLoad = wrong.next(tickets(909, 900, 905, 9000, 0));
        assertThat(underLoad.missing()).isEqualTo(7);
        Books partlyMended = underLoad.next(tickets(903, 900, 905, 9000, 0));
        assertThat(partlyMended.missing()).isEqualTo(3);
        assertThat(partlyMended.forTickets()).isZero();
        assertThat(partlyMended.next(tickets(905, 905, 905, 0, 0)).missing()).isZero();
    }

    @Test
    void ticketThatWaits_doesNotHideThatTheStockIsMended() {
        Books wrong = Books.opened(quiet(801, 800));
        assertThat(wrong.next(tickets(0, 0, 0, 5, 0)).missing()).isZero();
    }

    private static Reading tickets(long taken, long before, long after, long unended, long soldOut) {
        return new Reading(
                new OrderTotals(before, before, 0, 1000, 0),
                new StockTotals(INITIAL, INITIAL - taken, taken, 0),
                new OrderTotals(after, after, unended, 1000 + soldOut, 0));
    }

    private static Books books(long initial, long stock, long ordered) {
        return new Books(initial, stock, new Books.Part(ordered, 0, 0), new Books.Part(0, 0, 0));
    }

    private static Reading quiet(long taken, long ordered) {
        return reading(taken, ordered, ordered, 0, 0);
    }

    private static Reading reading(long taken, long before, long after, int inProduct, int inOrders) {
        return new Reading(
                new OrderTotals(before, 0, 0, 0, 0),
                new StockTotals(INITIAL, INITIAL - taken, 0, inProduct),
                new OrderTotals(after, 0, 0, 0, inOrders));
    }
}
