package dev.lockstep.order.boundary;

import static dev.lockstep.order.ticket.TicketFixtures.ORDERS;
import static dev.lockstep.order.ticket.TicketFixtures.TEA;
import static dev.lockstep.order.ticket.TicketFixtures.writtenOrders;
import static java.util.concurrent.CompletableFuture.supplyAsync;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.lockstep.order.control.OrdersSql;
import dev.lockstep.order.control.SqlState;
import dev.lockstep.order.ticket.TicketFixtures;
import dev.lockstep.testing.LocalTransaction;
import jakarta.ejb.EJBException;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** How several orders are written at once, on a real orders database. */
class SharedWritingTest {

    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00.123456789Z");

    private final NewOrder first = order("first");
    private final NewOrder second = order("second");
    private final NewOrder third = order("third");

    @BeforeEach
    void nothingIsLeft() {
        ORDERS.empty();
    }

    private static NewOrder order(String name) {
        return new NewOrder(UUID.randomUUID(), name, TEA, 2);
    }

    private static OrderService service(LocalTransaction transaction) {
        return new OrderService(null, new OrdersSql(transaction.dataSource()), Clock.fixed(NOW, ZoneOffset.UTC), null);
    }

    private static List<Optional<PlacedOrder>> written(NewOrder... orders) {
        try (LocalTransaction transaction = ORDERS.begin()) {
            List<Optional<PlacedOrder>> placed = service(transaction).addOrders(List.of(orders));
            transaction.commit();
            return placed;
        }
    }

    private static List<PlacedOrder> found(NewOrder... orders) {
        return new OrderService(null, new OrdersSql(ORDERS.dataSource()), null, null)
                .orders(Stream.of(orders).map(NewOrder::orderId).toList());
    }

    @Test
    void orders_areWritten_andFoundAsTheyWereAnswered() {
        List<Optional<PlacedOrder>> placed = written(first, second, third);
        assertThat(placed)
                .extracting(order -> order.orElseThrow().orderName())
                .containsExactly("first", "second", "third");
        assertThat(found(third, order("never placed"), first))
                .containsExactlyInAnyOrder(
                        placed.get(0).orElseThrow(), placed.get(2).orElseThrow());
    }

    @Test
    void idThatIsTaken_keepsNobodyElseFromBeingWritten() {
        written(second);
        NewOrder other = new NewOrder(second.orderId(), "another one", TEA, 1);
        assertThat(written(first, other, third)).extracting(Optional::isPresent).containsExactly(true, false, true);
        assertThat(found(second)).extracting(PlacedOrder::orderName).containsExactly("second");
    }

    @Test
    void idThatComesTwice_isTheFirstOnes() {
        NewOrder again = new NewOrder(first.orderId(), "again", TEA, 1);
        assertThat(written(first, second, again))
                .extracting(Optional::isPresent)
                .containsExactly(true, true, false);
        assertThat(found(first)).extracting(PlacedOrder::orderName).containsExactly("first");
    }

    /** The archive's trigger would refuse all of them. */
    @Test
    void idOfAnArchivedOrder_isTaken_andFound() {
        written(second);
        List<PlacedOrder> before = found(second);
        ORDERS.sql().column("SELECT archive_orders('-infinity', 'infinity', 9)");
        assertThat(written(first, second)).extracting(Optional::isPresent).containsExactly(true, false);
        assertThat(found(second)).isEqualTo(before);
    }

    /**
     * Scenario: another instance, which may be dead, has prepared an order of the same id, and a session would wait for it for a minute. Expected: whoever
     * shares waits, though not for long.
     */
    @Test
    @Timeout(30)
    void idInDoubt_endsTheWritingAfterASecond() {
        try (LocalTransaction doubt = ORDERS.begin()) {
            service(doubt).addOrders(List.of(second));
            doubt.prepare();
            assertThatExceptionOfType(EJBException.class)
                    .isThrownBy(() -> {
                        try (LocalTransaction patient = ORDERS.begin()) {
                            patient.sql().execute("SET LOCAL lock_timeout = '1min'");
                            service(patient).addOrders(List.of(first, second));
                        }
                    })
                    .satisfies(refused -> assertThat(SqlState.LOCK_NOT_AVAILABLE.isReasonOf(refused))
                            .isTrue());
        }
        assertThat(writtenOrders()).isEmpty();
    }

    @Test
    void idOfAnOrderThatIsRolledBack_isFree() throws Exception {
        LocalTransaction doubt = ORDERS.begin();
        service(doubt).addOrders(List.of(second));
        CompletableFuture<List<Optional<PlacedOrder>>> later = supplyAsync(() -> written(first, second));
        ORDERS.awaitWaitingSession();
        doubt.close();
        assertThat(later.get(10, TimeUnit.SECONDS)).allMatch(Optional::isPresent);
    }

    /** Two instances get the same ids, each in its own order: a circle would end in a deadlock's error. */
    @Test
    void sameIdsAtTwoInstances_areWrittenOnce_withoutACircle() {
        for (int i = 0; i < 30; i++) {
            List<NewOrder> orders =
                    IntStream.range(0, 20).mapToObj(n -> order("order " + n)).toList();
            List<NewOrder> backwards = new ArrayList<>(orders);
            Collections.reverse(backwards);
            long written = Stream.of(orders, backwards)
                    .map(all -> supplyAsync(() -> written(all.toArray(NewOrder[]::new))))
                    .toList()
                    .stream()
                    .flatMap(placed -> placed.join().stream())
                    .filter(Optional::isPresent)
                    .count();
            assertThat(written).isEqualTo(20);
        }
    }

    /**
     * Scenario: clients use the ids of their tickets for orders, too. A worker writes the tickets' orders while others share a commit, and somebody has one of
     * the ids for a moment. Expected outcome: whoever comes second finds the ids taken; there is no circle.
     */
    @Test
    void sameIdsByTicketAndByOrder_areWrittenOnce_withoutACircle() throws Exception {
        NewOrder[] ids = Stream.of(
                        "00000000-0000-4000-8000-000000000003",
                        "00000000-0000-4000-8000-000000000002",
                        "00000000-0000-4000-8000-000000000001")
                .map(id -> new NewOrder(UUID.fromString(id), "both", TEA, 1))
                .toArray(NewOrder[]::new);
        TicketFixtures.issued(ids);
        LocalTransaction somebody = ORDERS.begin();
        service(somebody).addOrders(List.of(ids[1]));
        CompletableFuture<?> worker = supplyAsync(TicketFixtures::served);
        ORDERS.awaitWaitingSessions(1);
        CompletableFuture<List<Optional<PlacedOrder>>> others = supplyAsync(() -> written(ids));
        ORDERS.awaitWaitingSessions(2);
        somebody.close();
        assertThat(others.get(10, TimeUnit.SECONDS)).allMatch(Optional::isEmpty);
        worker.get(10, TimeUnit.SECONDS);
        assertThat(writtenOrders()).hasSize(3);
    }

    /** A value that the database refuses harms them all: whoever shares must try again alone. */
    @Test
    void valueThatTheDatabaseRefuses_writesNothing() {
        ORDERS.sql().execute("ALTER TABLE customer_order ADD CONSTRAINT no_second CHECK (order_name <> 'second')");
        try {
            assertThatExceptionOfType(EJBException.class).isThrownBy(() -> written(first, second, third));
        } finally {
            ORDERS.sql().execute("ALTER TABLE customer_order DROP CONSTRAINT no_second");
        }
        assertThat(writtenOrders()).isEmpty();
    }

    /** What is counted as under way counts on it. */
    @Test
    void moreThanTheLimit_isRefusedBeforeTheDatabaseIsAsked() {
        OrderService withoutDatabase = new OrderService(null, null, Clock.systemUTC(), null);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> withoutDatabase.addOrders(Collections.nCopies(NewOrder.TOGETHER_MAX + 1, first)))
                .withMessage("Cannot write 101 orders together: the limit is 100");
    }
}
