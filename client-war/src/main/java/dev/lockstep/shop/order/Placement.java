package dev.lockstep.shop.order;

import dev.lockstep.order.boundary.NewOrder;
import dev.lockstep.order.boundary.PlacedOrder;
import dev.lockstep.participant.observe.Transactions;
import dev.lockstep.shop.services.Orders;
import dev.lockstep.shop.services.Products;
import jakarta.annotation.Resource;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.UserTransaction;

/**
 * Places orders. It opens the distributed transaction, calls both services, and commits; the services know nothing of each other.
 * Thread-safe.
 */
@ApplicationScoped
public class Placement {

    private final Products products;
    private final Orders orders;

    @Resource
    UserTransaction transaction;

    /** For the container's proxy. */
    protected Placement() {
        this(null, null);
    }

    /**
     * The constructor the container uses.
     *
     * @param products the product service
     * @param orders the order service
     */
    @Inject
    public Placement(Products products, Orders orders) {
        this.products = products;
        this.orders = orders;
    }

    /**
     * Places an order: both databases, or neither.
     *
     * @param order what is ordered, not null
     * @return the order as written
     * @throws NotCommittedException if neither database has changed; a service's refusal says the same
     * @throws OutcomeUnknownException if it cannot be told which of the two
     */
    public PlacedOrder place(NewOrder order) {
        return place(order, () -> {});
    }

    /**
     * Places an order, and lets somebody look at it when all work is done and nothing is committed.
     *
     * @param order what is ordered, not null
     * @param beforeComplete called by this thread within the transaction; what it throws rolls back and is thrown on
     * @return the order as written
     */
    public PlacedOrder place(NewOrder order, Runnable beforeComplete) {
        try (TransactionScope scope = TransactionScope.begin(transaction)) {
            Transactions.about(OrderSubject.of(order));
            products.decreaseNum(order.productId(), order.quantity());
            PlacedOrder placed = orders.addOrder(order);
            beforeComplete.run();
            scope.complete();
            return placed;
        }
    }
}
