package dev.lockstep.shop.live.control;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.function.IntConsumer;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The rule of {@link Books} against thousands of interleavings of orders, tickets and readings. */
class BooksUnderLoadTest {

    private static final int READINGS = 3000;

    static IntStream seeds() {
        return IntStream.range(0, 10);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void healthyShop_isNeverAccused(int seed) {
        SimulatedShop shop = new SimulatedShop(seed);
        Books books = Books.opened(shop.read(shop::goOn));
        boolean hasSeenOrdersUnderWay = false;
        boolean hasSeenTicketsUnderWay = false;
        for (int i = 0; i < READINGS; i++) {
            shop.restock(i % 3);
            books = books.next(shop.read(shop::goOn));
            assertThat(books.missing()).as(books.toString()).isZero();
            assertThat(books.forTickets()).as(books.toString()).isNotNegative();
            hasSeenOrdersUnderWay |= books.inFlight() != 0;
            hasSeenTicketsUnderWay |= books.forTickets() != 0;
        }
        assertThat(hasSeenOrdersUnderWay).isTrue();
        assertThat(hasSeenTicketsUnderWay).isTrue();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, -1, 7})
    void theft_isToldInTheFirstLull_andForgottenInTheFirstLullAfterItIsMended(int pieces) {
        SimulatedShop shop = new SimulatedShop(pieces);
        assertToldAndForgotten(shop, pieces, shop::steal);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, -1, 7})
    void lostTicketOrder_isToldInTheFirstLull_andForgottenInTheFirstLullAfterItIsMended(int pieces) {
        SimulatedShop shop = new SimulatedShop(pieces);
        assertToldAndForgotten(shop, pieces, shop::loseTicketOrders);
    }

    private static void assertToldAndForgotten(SimulatedShop shop, int pieces, IntConsumer lose) {
        Books books = Books.opened(shop.read(shop::goOn));
        for (int i = 0; i < READINGS; i++) {
            lose.accept(pieces);
            books = books.next(shop.read(shop::goOn));
            shop.calmDown();
            books = books.next(shop.read(() -> {}));
            assertThat(books.missing()).isEqualTo(pieces);
            books = books.next(shop.read(shop::goOn));
            assertThat(books.missing()).as("under load the alarm stays").isNotZero();

            lose.accept(-pieces);
            shop.calmDown();
            books = books.next(shop.read(() -> {}));
            assertThat(books.missing()).isZero();
        }
    }
}
