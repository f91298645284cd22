package dev.lockstep.shop.order;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.flow.TransactionAbortedException;
import dev.lockstep.flow.TransactionInDoubtException;
import dev.lockstep.order.boundary.NewOrder;
import dev.lockstep.order.boundary.OrderTotals;
import dev.lockstep.order.boundary.PlacedOrder;
import dev.lockstep.product.boundary.Taking;
import dev.lockstep.product.boundary.Taking.Answer;
import dev.lockstep.shop.order.OrderDesk.Told;
import dev.lockstep.shop.services.Orders;
import jakarta.ejb.EJBException;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What orders that share a transaction are told, each by itself, whatever becomes of the transaction. */
class OrderDeskTest {

    private static final int TEA = 1;

    private final OrderRequest first = order("first", false);
    private final OrderRequest second = order("second", true);
    private final OrderRequest third = order("third", false);
    private final List<OrderRequest> all = List.of(first, second, third);

    private final WrittenOrders orders = new WrittenOrders();
    private final PlacementThatIsTold shared = new PlacementThatIsTold();
    private final List<String> alone = new ArrayList<>();
    private final OrderDesk desk = new OrderDesk(
            new Placement(null, null) {
                @Override
                public PlacedOrder place(NewOrder order) {
                    alone.add(order.orderName());
                    return written(order);
                }
            },
            shared,
            orders);

    private static OrderRequest order(String name, boolean isRepeatable) {
        return new OrderRequest(new NewOrder(UUID.randomUUID(), name, TEA, 2), isRepeatable);
    }

    private static PlacedOrder written(NewOrder order) {
        return new PlacedOrder(order.orderId(), order.orderName(), Instant.EPOCH, order.productId(), order.quantity());
    }

    /** Both services, as far as several orders are placed at once: the test says what becomes of them. */
    private final class PlacementThatIsTold extends SharedPlacement {

        private final Map<String, Answer> refusals = new HashMap<>();
        private RuntimeException failure;
        private List<String> placed = List.of();

        @Override
        public List<PlacedOrder> written(List<UUID> orderIds) {
            orders.requireThere();
            return orderIds.stream().flatMap(id -> orders.order(id).stream()).toList();
        }

        @Override
        public List<Share> place(List<NewOrder> wanted) {
            placed = wanted.stream().map(NewOrder::orderName).toList();
            RuntimeException fails = failure;
            if (fails instanceof SharedPlacement.IdsTakenException) {
                failure = null;
            }
            if (fails != null) {
                throw fails;
            }
            return wanted.stream().map(this::share).toList();
        }

        private Share share(NewOrder order) {
            Answer answer = refusals.getOrDefault(order.orderName(), Answer.TAKEN);
            return new Share(
                    answer == Answer.TAKEN ? Optional.of(OrderDeskTest.written(order)) : Optional.empty(),
                    new Taking.Result(answer, 1));
        }
    }

    /** The order service's memory. */
    private static final class WrittenOrders implements Orders {

        private final Map<UUID, PlacedOrder> there = new HashMap<>();
        private final Set<UUID> undecided = new HashSet<>();
        private boolean isAway;

        void requireThere() {
            if (isAway) {
                throw new EJBException("away");
            }
        }

        @Override
        public PlacedOrder addOrder(NewOrder order) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Optional<PlacedOrder> order(UUID orderId) {
            requireThere();
            return Optional.ofNullable(there.get(orderId));
        }

        @Override
        public boolean isUndecided(UUID orderId) {
            requireThere();
            return undecided.contains(orderId);
        }

        @Override
        public List<PlacedOrder> newestOrders(int limit) {
            return List.of();
        }

        @Override
        public List<PlacedOrder> ordersBefore(PlacedOrder later, int limit) {
            return List.of();
        }

        @Override
        public List<PlacedOrder> ordersNamed(String name, int limit) {
            return List.of();
        }

        @Override
        public OrderTotals totals() {
            return new OrderTotals(0, 0, 0, 0, 0);
        }
    }

    private Outcome outcome(OrderRequest wanted) {
        return outcomes().get(wanted).outcome().get();
    }

    private Map<OrderRequest, Told> outcomes() {
        return desk.placeTogether(all);
    }

    @Test
    void allArePlaced_eachWithItsOwnOrder() {
        Map<OrderRequest, Told> outcomes = outcomes();
        all.forEach(one -> assertThat(outcomes.get(one).outcome().get())
                .isEqualTo(new Outcome.Written(written(one.order()), true)));
        assertThat(shared.placed).containsExactly("first", "second", "third");
        assertThat(alone).isEmpty();
    }

    @Test
    void whoIsRefused_hearsWhy_andTheOthersHaveTheirOrders() {
        shared.refusals.put("first", Answer.UNKNOWN_PRODUCT);
        shared.refusals.put("second", Answer.OUT_OF_STOCK);
        Map<OrderRequest, Told> outcomes = outcomes();
        assertThat(outcomes.get(first).outcome().get()).isEqualTo(new Outcome.Refused(Problems.unknownProduct(TEA)));
        assertThat(outcomes.get(second).outcome().get()).isEqualTo(new Outcome.Refused(Problems.outOfStock(TEA, 2, 1)));
        assertThat(outcomes.get(third).outcome().get().status()).isEqualTo(201);
    }

    /** A transaction that commits is about those who have their orders; one in which all are refused is about all of them. */
    @Test
    void whoIsRefused_isOfTheTransaction_onlyIfNobodyHasAnOrder() {
        shared.refusals.put("first", Answer.OUT_OF_STOCK);
        assertThat(outcomes().get(first).isOfTransaction()).isFalse();
        assertThat(outcomes().get(third).isOfTransaction()).isTrue();
        shared.refusals.put("second", Answer.OUT_OF_STOCK);
        shared.refusals.put("third", Answer.OUT_OF_STOCK);
        assertThat(outcomes().values()).hasSize(3).allMatch(Told::isOfTransaction);
    }

    // --- Ids that are taken

    @Test
    void orderThatIsWritten_isAnsweredAgain_andSharesNothing() {
        orders.there.put(second.order().orderId(), written(second.order()));
        assertThat(outcome(second)).isEqualTo(new Outcome.Written(written(second.order()), false));
        assertThat(shared.placed).containsExactly("first", "third");
    }

    @Test
    void idOfAnotherOrder_isAConflict_andNobodyElsesMatter() {
        orders.there.put(
                second.order().orderId(),
                new PlacedOrder(second.order().orderId(), "another one", Instant.EPOCH, TEA, 1));
        Map<OrderRequest, Told> outcomes = outcomes();
        assertThat(outcomes.get(second).outcome().get().status()).isEqualTo(409);
        assertThat(outcomes.get(first).outcome().get().status()).isEqualTo(201);
    }

    /** Scenario: the product is sold out now, and an earlier request of the same id is in doubt. Expected: no "no", which may be a lie. */
    @Test
    void refusalOfAnOrderInDoubt_isUnknown() {
        shared.refusals.put("second", Answer.OUT_OF_STOCK);
        orders.undecided.add(second.order().orderId());
        assertThat(outcome(second)).isEqualTo(new Outcome.Unknown());
    }

    /** It may wait for a row for long, so it must not do so in a lane of the others, who are yet to hear. */
    @Test
    void onlyOneThatIsNotWritten_isToBePlacedAlone_whenTheOthersHaveHeard() {
        orders.there.put(second.order().orderId(), written(second.order()));
        assertThat(desk.placeTogether(List.of(first, second))).containsOnlyKeys(second);
        assertThat(shared.placed).isEmpty();
        assertThat(alone).isEmpty();
    }

    @Test
    void onlyOneWhoseIdIsNotTakenMeanwhile_isToBePlacedAlone() {
        shared.failure =
                new SharedPlacement.IdsTakenException(List.of(second.order().orderId()));
        assertThat(desk.placeTogether(List.of(first, second))).isEmpty();
        assertThat(alone).isEmpty();
    }

    @Test
    void databaseThatDoesNotTellWhatIsWritten_leavesRepeatableOrdersOpen() {
        orders.isAway = true;
        Map<OrderRequest, Told> outcomes = outcomes();
        assertThat(outcomes.get(second).outcome().get()).isEqualTo(new Outcome.Unknown());
        assertThat(shared.placed).containsExactly("first", "third");
    }

    // --- What becomes of all

    @Test
    void transactionInDoubt_isToldToAllWhoShareIt() {
        shared.failure = new TransactionInDoubtException("who knows", null);
        Map<OrderRequest, Told> outcomes = outcomes();
        assertThat(outcomes).hasSize(3);
        outcomes.values().forEach(told -> assertThat(told.outcome().get()).isEqualTo(new Outcome.Unknown()));
    }

    static List<RuntimeException> faultsOfOne() {
        return List.of(
                new EJBException(new SQLException("no such character here", "22P05")),
                new EJBException(new SQLException("somebody has the row", "55P03")),
                new EJBException(new SQLException("canceling statement due to statement timeout", "57014")),
                new TransactionAbortedException("a vote of no", null));
    }

    /** One whose id is taken, by another instance it may be, is placed alone; the others share once more. */
    @Test
    void idThatIsTakenMeanwhile_harmsNobodyElse() {
        shared.failure =
                new SharedPlacement.IdsTakenException(List.of(second.order().orderId()));
        Map<OrderRequest, Told> outcomes = outcomes();
        assertThat(outcomes).containsOnlyKeys(first, third);
        assertThat(shared.placed).as("together").containsExactly("first", "third");
        outcomes.values()
                .forEach(told -> assertThat(told.outcome().get().status()).isEqualTo(201));
    }

    /** Which one is at fault nobody knows: each is placed alone, since nothing is written of any. */
    @ParameterizedTest
    @MethodSource("faultsOfOne")
    void transactionThatIsRolledBack_isToldToNobody(RuntimeException failure) {
        shared.failure = failure;
        assertThat(outcomes()).isEmpty();
    }

    /** Each would wait for a connection once more. */
    @Test
    void databaseThatIsAway_isToldToAll() {
        shared.failure = new EJBException(new SQLException("no connection", "08006"));
        Map<OrderRequest, Told> outcomes = outcomes();
        assertThat(outcomes).hasSize(3);
        all.forEach(one -> assertThat(outcomes.get(one).outcome().get())
                .isEqualTo(new Outcome.Refused(Problems.notPlaced(one.order().orderId()))));
    }
}
