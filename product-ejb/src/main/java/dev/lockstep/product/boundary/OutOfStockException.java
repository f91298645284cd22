package dev.lockstep.product.boundary;

import jakarta.ejb.ApplicationException;

/** There are fewer pieces than asked for; the transaction is marked for rollback. */
@ApplicationException(rollback = true)
public class OutOfStockException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final int productId;
    private final int requested;
    private final int available;

    /**
     * Names what was asked for and what there was.
     *
     * @param productId the product
     * @param requested pieces asked for
     * @param available pieces in stock when the refusal was decided
     */
    public OutOfStockException(int productId, int requested, int available) {
        super("Cannot take product " + productId + ": requested=" + requested + ", available=" + available);
        this.productId = productId;
        this.requested = requested;
        this.available = available;
    }

    /** {@return the product} */
    public int productId() {
        return productId;
    }

    /** {@return the pieces asked for} */
    public int requested() {
        return requested;
    }

    /** {@return the pieces in stock when the refusal was decided} */
    public int available() {
        return available;
    }
}
