package dev.lockstep.flow.server;

import dev.lockstep.participant.flow.Outcome;
import java.net.URI;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** This server's part in the flows. The filters of all its applications share it. Thread-safe. */
public interface FlowServer {

    /**
     * A resource of the transaction, for the TransactionSynchronizationRegistry: when a scope ends it, by {@link System#nanoTime}, as a
     * Long.
     */
    String DEADLINE = "dev.lockstep.flow.deadline";

    /** {@return the one of this server, which all its applications share} */
    static FlowServer here() {
        return ThisServer.FLOWS;
    }

    /** {@return whether there is a peers file, so that transactions can flow} */
    boolean isOn();

    /**
     * An application with flows has been deployed; the first one opens the protocol's listener.
     *
     * @param application its name, for messages
     * @return to be closed when it is undeployed: its open flows are rolled back, and the last one closes the listener
     */
    AutoCloseable deployed(String application);

    /**
     * A work request with a flow has arrived: joins its transaction here, or begins it, on this thread.
     *
     * @param request what was received
     * @return the call, to be left on this thread
     * @throws FlowRefusedException with status and problem type
     */
    WorkCall enter(WorkRequest request) throws FlowRefusedException;

    /**
     * A call is about to be made. If this thread has a transaction, it will flow along.
     *
     * @param target where to
     * @return the call, or empty if this thread has no transaction
     * @throws FlowRefusedException if there is a transaction, but the target is no peer's, or another call of it is under way there
     */
    Optional<OutgoingCall> call(URI target) throws FlowRefusedException;

    /**
     * Remembers this thread's transaction, which is about to be committed.
     *
     * @return tells what this server knows of its outcome; to be asked when the commit has ended without one. It may ask peers, and take as
     *     long as a decision is asked for
     */
    Supplier<Outcome> outcome();

    /**
     * Tells whether an address is a peer's.
     *
     * @param target an address
     * @return whether the peers file has it
     */
    boolean isPeer(URI target);

    /**
     * What is signed of a request.
     *
     * @param method the HTTP method
     * @param pathAndQuery as on the request line
     * @param headers those whose name begins with {@code Lockstep-}, by their names in lower case
     * @param bodyDigest SHA-256 of the body's bytes
     * @param application who serves it
     */
    @SuppressWarnings("ArrayRecordComponent") // nobody compares requests
    record WorkRequest(
            String method, String pathAndQuery, Map<String, String> headers, byte[] bodyDigest, String application) {}

    /** A call that works in a flow's transaction, on the thread that entered. */
    interface WorkCall {

        /**
         * Leaves: the transaction is suspended. A status of 400 or more, or 202, makes it rollback-only (F2).
         *
         * @param status of the answer
         * @return the headers to add to the answer
         */
        Map<String, String> leave(int status);
    }

    /** A call to a peer that carries this thread's transaction. */
    interface OutgoingCall {

        /**
         * Signs.
         *
         * @param method the HTTP method
         * @param pathAndQuery as on the request line
         * @param bodyDigest SHA-256 of the body's bytes
         * @return the headers to send
         */
        Map<String, String> headers(String method, String pathAndQuery, byte[] bodyDigest);

        /**
         * The answer has arrived. If it does not say that the work joined, or has a status of 400 or more, or 202, the transaction can only
         * be rolled back (F2).
         *
         * @param status of the answer
         * @param headers of the answer, by their names in lower case
         */
        void answered(int status, Map<String, String> headers);

        /** There is no answer; the same as never calling {@link #answered}. */
        void unanswered();
    }
}
