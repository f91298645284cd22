package dev.lockstep.operator.control;

/** Nobody can log in or out now, nor be known: the database that knows the operators does not answer. */
public class OperatorsUnavailableException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /**
     * Ends the attempt.
     *
     * @param cause what the database or its driver said
     */
    public OperatorsUnavailableException(Throwable cause) {
        super("The operators cannot be read from their database", cause);
    }
}
