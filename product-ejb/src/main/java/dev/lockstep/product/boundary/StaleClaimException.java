package dev.lockstep.product.boundary;

import jakarta.ejb.ApplicationException;

/** Somebody with a later claim has served the product since; nothing was taken. */
@ApplicationException(rollback = true)
public class StaleClaimException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /**
     * Names the claim.
     *
     * @param productId the product
     * @param claim the claim's number
     */
    public StaleClaimException(int productId, long claim) {
        super("Claim " + claim + " on the tickets of product " + productId + " is stale: a later one was used");
    }
}
