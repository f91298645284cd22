package dev.lockstep.shop.services;

import dev.lockstep.order.boundary.NewOrder;
import dev.lockstep.order.boundary.PlacedOrder;
import dev.lockstep.product.boundary.Taking;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * Both services for several orders at once, which those of this server can do. A service that does not answer throws {@link jakarta.ejb.EJBException}.
 */
public interface Together {

    /**
     * Takes pieces from stock for several orders, in the calling thread's transaction.
     *
     * @param takings what they want, in the order in which they came
     * @return what came of each, in the same order
     */
    List<Taking.Result> decreaseNums(List<Taking> takings);

    /**
     * Writes several orders, in the calling thread's transaction.
     *
     * @param orders what is ordered, at most {@value NewOrder#TOGETHER_MAX}
     * @return each order as written, in the same order; empty for one whose id is taken
     */
    List<Optional<PlacedOrder>> addOrders(List<NewOrder> orders);

    /**
     * Finds committed orders.
     *
     * @param orderIds their ids
     * @return those that are committed, in no order
     */
    List<PlacedOrder> orders(Collection<UUID> orderIds);
}
