package dev.lockstep.shop.order;

import java.util.UUID;

/** Knows orders that share no commit, whoever else waits. The demonstration has some; without it there is no such bean. */
public interface LoneOrders {

    /**
     * Tells whether an order has a transaction of its own in any case.
     *
     * @param orderId the order
     * @return whether it does
     */
    boolean isLone(UUID orderId);
}
