package dev.lockstep.flow;

/** WCF's {@code TransactionAbortedException}, a sure no: no database has committed anything of the transaction, nor will one. */
public class TransactionAbortedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /**
     * Says what happened.
     *
     * @param message what was rolled back
     * @param cause what the transaction manager said; may be null
     */
    public TransactionAbortedException(String message, Throwable cause) {
        super(message, cause);
    }
}
