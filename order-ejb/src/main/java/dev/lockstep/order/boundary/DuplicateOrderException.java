package dev.lockstep.order.boundary;

import jakarta.ejb.ApplicationException;
import java.util.UUID;

/** An order with this id is already written; the transaction is marked for rollback. */
@ApplicationException(rollback = true)
public class DuplicateOrderException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /**
     * Names the id that is taken.
     *
     * @param orderId the id
     * @param cause what the database said
     */
    public DuplicateOrderException(UUID orderId, Throwable cause) {
        super("Order " + orderId + " is already written", cause);
    }
}
