package dev.lockstep.flow;

import dev.lockstep.flow.server.FlowServer.WorkCall;
import java.util.Map;

/**
 * A call that works in its caller's transaction on this thread, until it leaves. It is a property of its request. For whoever cleans up it is a {@link
 * Runnable}: so the listener of the requests knows no class of the server.
 */
final class EnteredCall implements Runnable {

    /** The request's property, and so its attribute. */
    static final String PROPERTY = "dev.lockstep.flow.call";

    private static final int FAILED = 500;

    private final String method;
    private final WorkCall call;
    private boolean hasLeft;

    EnteredCall(String method, WorkCall call) {
        this.method = method;
        this.call = call;
    }

    /**
     * Leaves the transaction, which is suspended.
     *
     * @param status of the answer
     * @return the headers to add to it
     */
    Map<String, String> leave(int status) {
        if (hasLeft) {
            return Map.of(); // an answer instead of the one that could not be written; the caller takes it for none
        }
        hasLeft = true;
        TransactionScope.endLeft(method); // while its transaction can still be doomed, or is let wait
        return call.leave(status);
    }

    /** Leaves, if no answer was made by a filter: what is unclear is a failure, and the caller's transaction can only be rolled back. */
    @Override
    public void run() {
        if (!hasLeft) {
            System.getLogger(EnteredCall.class.getName())
                    .log(
                            System.Logger.Level.WARNING,
                            method
                                    + " ended without an answer in its caller's transaction, which can only be rolled back");
            leave(FAILED);
        }
    }
}
