package dev.lockstep.order.boundary;

import java.time.Instant;
import java.util.Objects;
import java.util.UUID;

/**
 * An order as it was written.
 *
 * @param orderId the order's identity, not null
 * @param orderName the customer's name for the order, not null
 * @param createTime when it was placed, whole microseconds, not null
 * @param productId the product
 * @param quantity pieces
 */
public record PlacedOrder(UUID orderId, String orderName, Instant createTime, int productId, int quantity) {

    /** Validates. */
    public PlacedOrder {
        Objects.requireNonNull(orderId, "orderId");
        Objects.requireNonNull(orderName, "orderName");
        Objects.requireNonNull(createTime, "createTime");
    }

    /**
     * Tells whether this is what was asked for, so that a repeated request is answered with the first one's order.
     *
     * @param wanted a request with the same {@code orderId}
     * @return whether name, product and quantity agree
     */
    public boolean fulfils(NewOrder wanted) {
        return orderId.equals(wanted.orderId())
                && orderName.equals(wanted.orderName())
                && productId == wanted.productId()
                && quantity == wanted.quantity();
    }
}
