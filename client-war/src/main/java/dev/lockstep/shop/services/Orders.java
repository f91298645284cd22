package dev.lockstep.shop.services;

import dev.lockstep.order.boundary.NewOrder;
import dev.lockstep.order.boundary.OrderTotals;
import dev.lockstep.order.boundary.PlacedOrder;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * The order service. A service that does not answer throws {@link jakarta.ejb.EJBException}, wherever it is; its refusals are its own exceptions.
 */
public interface Orders {

    /**
     * Writes an order, in the calling thread's transaction.
     *
     * @param order what is ordered, not null
     * @return the order as written
     * @throws dev.lockstep.order.boundary.DuplicateOrderException if an order with this id is written already
     */
    PlacedOrder addOrder(NewOrder order);

    /**
     * Finds a committed order.
     *
     * @param orderId its id, not null
     * @return the order, or empty if none is committed; {@link #isUndecided} tells whether one may yet be
     */
    Optional<PlacedOrder> order(UUID orderId);

    /**
     * Tells whether an undecided transaction holds an order with this id.
     *
     * @param orderId its id, not null
     * @return whether the order may yet be committed; if not, a read made after this call tells the truth
     */
    boolean isUndecided(UUID orderId);

    /**
     * Lists the orders placed last.
     *
     * @param limit how many at most, 1 or more
     * @return committed orders, newest first
     */
    List<PlacedOrder> newestOrders(int limit);

    /**
     * Lists the orders placed before another one.
     *
     * @param later a committed order, not null
     * @param limit how many at most, 1 or more
     * @return committed orders, newest first
     */
    List<PlacedOrder> ordersBefore(PlacedOrder later, int limit);

    /**
     * Lists the orders of a name; may take time in proportion to the number of all orders.
     *
     * @param name what their names contain, in any case; not null
     * @param limit how many at most, 1 or more
     * @return committed orders, newest first
     */
    List<PlacedOrder> ordersNamed(String name, int limit);

    /** {@return the sums over all orders and tickets} */
    OrderTotals totals();
}
