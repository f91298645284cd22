package dev.lockstep.shop.order;

import dev.lockstep.flow.TransactionScope;
import dev.lockstep.order.boundary.DuplicateOrderException;
import dev.lockstep.order.boundary.NewOrder;
import dev.lockstep.order.boundary.PlacedOrder;
import dev.lockstep.participant.observe.Transactions;
import dev.lockstep.product.boundary.Taking;
import dev.lockstep.product.boundary.Taking.Answer;
import dev.lockstep.shop.services.Together;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
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
     * @throws dev.lockstep.flow.TransactionAbortedException if neither database has changed; a service's refusal says the same, and so does
     *     {@link DuplicateOrderException}
     * @throws dev.lockstep.flow.TransactionInDoubtException if it cannot be told which of the two, for all of them
     */
    public List<Share> place(List<NewOrder> wanted) {
        Together both = services.get();
        try (TransactionScope scope = TransactionScope.required()) {
            Transactions.about(wanted.stream().map(OrderSubject::of).toList());
            List<Taking.Result> takings = both.decreaseNums(wanted.stream()
                    .map(order -> new Taking(order.productId(), order.quantity()))
                    .toList());
            List<NewOrder> supplied = new ArrayList<>();
            for (int i = 0; i < wanted.size(); i++) {
                if (takings.get(i).answer() == Answer.TAKEN) {
                    supplied.add(wanted.get(i));
                }
            }
            Queue<PlacedOrder> placed = new ArrayDeque<>();
            if (!supplied.isEmpty()) {
                placed.addAll(written(both, supplied));
                scope.complete();
            }
            return takings.stream()
                    .map(taking -> new Share(
                            taking.answer() == Answer.TAKEN ? Optional.of(placed.remove()) : Optional.empty(), taking))
                    .toList();
        }
    }

    /** The pieces of an order that is not written must not be lost, so all is rolled back. */
    private static List<PlacedOrder> written(Together both, List<NewOrder> supplied) {
        List<Optional<PlacedOrder>> placed = both.addOrders(supplied);
        int taken = placed.indexOf(Optional.<PlacedOrder>empty());
        if (taken >= 0) {
            throw new DuplicateOrderException(supplied.get(taken).orderId(), null);
        }
        return placed.stream().flatMap(Optional::stream).toList();
    }
}
