package dev.lockstep.launcher.console;

/** The start cannot go on; the message is for the person who started it and says what to do. */
public class StartException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /**
     * Ends the start.
     *
     * @param message what is wrong: where, the value and the limit
     */
    public StartException(String message) {
        super(message);
    }

    /**
     * Ends the start.
     *
     * @param message what is wrong: where, the value and the limit
     * @param cause what was thrown
     */
    public StartException(String message, Throwable cause) {
        super(message, cause);
    }
}
