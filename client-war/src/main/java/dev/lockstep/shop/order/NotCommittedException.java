package dev.lockstep.shop.order;

/** A sure no: no database has committed anything of the transaction, nor will one. */
public class NotCommittedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /**
     * Says what happened.
     *
     * @param message what was tried
     * @param cause what the transaction manager said
     */
    public NotCommittedException(String message, Throwable cause) {
        super(message, cause);
    }
}
