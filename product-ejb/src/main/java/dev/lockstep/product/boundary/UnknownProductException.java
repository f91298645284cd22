package dev.lockstep.product.boundary;

import jakarta.ejb.ApplicationException;

/** No product has this id; the transaction is marked for rollback. */
@ApplicationException(rollback = true)
public class UnknownProductException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final int productId;

    /**
     * Names the id that was asked for.
     *
     * @param productId the unknown id
     */
    public UnknownProductException(int productId) {
        super("There is no product " + productId);
        this.productId = productId;
    }

    /** {@return the unknown id} */
    public int productId() {
        return productId;
    }
}
