package dev.lockstep.shop.order;

/** Neither yes nor no: the transaction may be committed, rolled back, or in doubt until it is one of them. */
public class OutcomeUnknownException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /**
     * Says what happened.
     *
     * @param message what was tried
     * @param cause what the transaction manager said
     */
    public OutcomeUnknownException(String message, Throwable cause) {
        super(message, cause);
    }
}
