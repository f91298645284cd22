package dev.lockstep.flow.wire;

import java.io.ByteArrayOutputStream;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.glassfish.grizzly.Buffer;
import org.glassfish.grizzly.Connection;

/** A connection: its request that is coming in, and the time until it is cut. Thread-safe. */
final class Visitor {

    private static final Logger LOG = System.getLogger(Visitor.class.getName());

    private enum State {
        IDLE,
        ARRIVING,
        BEING_ANSWERED
    }

    private final Connection<?> connection;
    private final ScheduledExecutorService timer;
    private final Duration arrivalLimit;
    private final ByteArrayOutputStream body = new ByteArrayOutputStream();

    private State state = State.ARRIVING;
    private boolean isKnown;
    private Future<?> deadline;

    Visitor(Connection<?> connection, ScheduledExecutorService timer, Duration arrivalLimit) {
        this.connection = connection;
        this.timer = timer;
        this.arrivalLimit = arrivalLimit;
        this.deadline = cutAfter(arrivalLimit);
    }

    /** Bytes have come. */
    synchronized void arrive() {
        if (state == State.IDLE) {
            change(State.ARRIVING);
            deadline = cutAfter(arrivalLimit);
        }
    }

    /** Takes a part of the body, as long as it is not too large; copies it, since each byte may come in a large buffer of its own. */
    synchronized boolean add(Buffer part, int max) {
        boolean isTaken = body.size() + part.remaining() <= max;
        if (isTaken) {
            byte[] copy = new byte[part.remaining()];
            part.get(copy);
            body.writeBytes(copy);
        }
        part.tryDispose();
        return isTaken;
    }

    /** The request is complete, and is being answered. */
    synchronized byte[] complete() {
        change(State.BEING_ANSWERED);
        deadline = cutAfter(Visitors.ANSWER_LIMIT);
        byte[] bytes = body.toByteArray();
        body.reset();
        return bytes;
    }

    /** An answer is written; within this time its client must have read it, and have asked again, or have gone. */
    synchronized void answered(Duration limit) {
        change(State.IDLE);
        deadline = cutAfter(limit);
    }

    /** A good signature has come. */
    synchronized void know() {
        isKnown = true;
    }

    synchronized boolean isKnown() {
        return isKnown;
    }

    synchronized boolean isIdle() {
        return state == State.IDLE;
    }

    synchronized void leave() {
        deadline.cancel(false);
    }

    private void change(State next) {
        deadline.cancel(false);
        state = next;
    }

    private Future<?> cutAfter(Duration limit) {
        try {
            return timer.schedule(connection::terminateSilently, limit.toMillis(), TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException e) {
            LOG.log(Level.DEBUG, "A connection comes while the listener closes", e);
            connection.terminateSilently();
            return CompletableFuture.completedFuture(null);
        }
    }
}
