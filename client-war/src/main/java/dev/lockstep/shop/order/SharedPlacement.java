package dev.lockstep.shop.order;

import dev.lockstep.flow.TransactionScope;
import dev.lockstep.order.boundary.NewOrder;
import dev.lockstep.order.boundary.PlacedOrder;
import dev.lockstep.participant.observe.Subject;
import dev.lockstep.participant.observe.Transactions;
import dev.lockstep.product.boundary.Taking;
import dev.lockstep.product.boundary.Taking.Answer;
import dev.lockstep.shop.services.Together;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.UUID;

/** Places several orders in one distributed transaction, as {@link Placement} places one. Thread-safe. */
@ApplicationScoped
public class SharedPlacement {

    private final Instance<Together> services;

    /** For the container's proxy. */
    protected SharedPlacement() {
        this(null);
    }

    /**
     * The constructor the container uses.
     *
     * @param services both services, if they can do several orders at once
     */
    @Inject
    public SharedPlacement(Instance<Together> services) {
        this.services = services;
    }

    /**
     * What came of one of the orders.
     *
     * @param order the order as written, if it is
     * @param taking whether there was enough for it
     */
    public record Share(Optional<PlacedOrder> order, Taking.Result taking) {}

    /** Ids of some of the orders are taken already, so neither database has changed. The others may be placed. */
    public static final class IdsTakenException extends RuntimeException {

        private static final long serialVersionUID = 1L;

        private final HashSet<UUID> orderIds;

        /**
         * The ids of some orders are taken.
         *
         * @param orderIds which
         */
        public IdsTakenException(Collection<UUID> orderIds) {
            super("Already written, or being written: " + orderIds);
            this.orderIds = new HashSet<>(orderIds);
        }

        /** {@return which} */
        public Set<UUID> orderIds() {
            return Set.copyOf(orderIds);
        }
    }

    /** {@return whether the services are where several orders can be placed at once} */
    public boolean isPossible() {
        return services.isResolvable();
    }

    /**
     * Finds committed orders.
     *
     * @param orderIds their ids
     * @return those that are committed, in no order
     * @throws jakarta.ejb.EJBException if the orders database does not tell
     */
    public List<PlacedOrder> written(List<UUID> orderIds) {
        return services.get().orders(orderIds);
    }

    /**
     * Places orders, in their order: each for which there is enough, or none if anything else is in the way of one of them.
     *
     * @param wanted what is ordered, at most {@value NewOrder#TOGETHER_MAX}
     * @return what came of each, in the same order
     * @throws IdsTakenException if some are written already, and neither database has changed
     * @throws dev.lockstep.flow.TransactionAbortedException if neither database has changed; a service's refusal says the same
     * @throws dev.lockstep.flow.TransactionInDoubtException if it cannot be told which of the two, for all of them
     */
    public List<Share> place(List<NewOrder> wanted) {
        Together both = services.get();
        try (TransactionScope scope = TransactionScope.required()) {
            Transactions.about(subjects(wanted));
            List<Taking.Result> takings = both.decreaseNums(wanted.stream()
                    .map(order -> new Taking(order.productId(), order.quantity()))
                    .toList());
            List<NewOrder> supplied = new ArrayList<>();
            List<NewOrder> refused = new ArrayList<>();
            for (int i = 0; i < wanted.size(); i++) {
                (takings.get(i).answer() == Answer.TAKEN ? supplied : refused).add(wanted.get(i));
            }
            Queue<PlacedOrder> placed = new ArrayDeque<>();
            if (!supplied.isEmpty()) {
                Transactions.notAbout(subjects(refused));
                placed.addAll(written(both, supplied));
                scope.complete();
            }
            return takings.stream()
                    .map(taking -> new Share(
                            taking.answer() == Answer.TAKEN ? Optional.of(placed.remove()) : Optional.empty(), taking))
                    .toList();
        }
    }

    private static List<Subject> subjects(List<NewOrder> orders) {
        return orders.stream().map(OrderSubject::of).toList();
    }

    /** The pieces of an order that is not written must not be lost, so all is rolled back. */
    private static List<PlacedOrder> written(Together both, List<NewOrder> supplied) {
        List<Optional<PlacedOrder>> placed = both.addOrders(supplied);
        List<UUID> taken = new ArrayList<>();
        for (int i = 0; i < supplied.size(); i++) {
            if (placed.get(i).isEmpty()) {
                taken.add(supplied.get(i).orderId());
            }
        }
        if (!taken.isEmpty()) {
            throw new IdsTakenException(taken);
        }
        return placed.stream().flatMap(Optional::stream).toList();
    }
}
