package dev.lockstep.shop.order;

import dev.lockstep.journal.WatchedOrder;
import dev.lockstep.order.boundary.NewOrder;

/** Orders as those who watch see them. */
public final class Watched {

    private Watched() {}

    /**
     * The order as it was asked for.
     *
     * @param order what was asked for
     * @return the same, to be watched
     */
    public static WatchedOrder order(NewOrder order) {
        return new WatchedOrder(order.orderId(), order.orderName(), order.productId(), order.quantity());
    }
}
