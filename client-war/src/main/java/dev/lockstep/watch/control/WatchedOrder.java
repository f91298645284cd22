package dev.lockstep.watch.control;

import dev.lockstep.order.boundary.NewOrder;
import java.util.UUID;

/**
 * The order that a transaction or a ticket is about.
 *
 * @param orderId its id
 * @param orderName what the shopper calls it; any text
 * @param productId what is ordered
 * @param quantity pieces, 1 or more
 */
public record WatchedOrder(UUID orderId, String orderName, int productId, int quantity) {

    /**
     * The order as it was asked for.
     *
     * @param order what was asked for
     * @return the same, to be watched
     */
    public static WatchedOrder of(NewOrder order) {
        return new WatchedOrder(order.orderId(), order.orderName(), order.productId(), order.quantity());
    }
}
