package dev.lockstep.flow;

/**
 * WCF's {@code TransactionInDoubtException}, neither yes nor no: the transaction is committed or rolled back everywhere, or will be soon. Which of
 * them cannot be told yet. Ask later for what it would have written.
 */
public class TransactionInDoubtException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /**
     * Says what happened.
     *
     * @param message what is in doubt
     * @param cause what the transaction manager said; may be null
     */
    public TransactionInDoubtException(String message, Throwable cause) {
        super(message, cause);
    }
}
