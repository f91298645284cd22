package dev.lockstep.flow.wire;

import java.io.IOException;

/** No fact came back: silence, a status without a signed body of the right type, or a body that does not fit the question. */
public final class NoAnswerException extends IOException {

    private static final long serialVersionUID = 1L;

    /**
     * No fact.
     *
     * @param message peer, message and what came instead
     * @param cause what happened; may be null
     */
    public NoAnswerException(String message, Throwable cause) {
        super(message, cause);
    }
}
