package dev.lockstep.flow.registry;

import dev.lockstep.flow.server.FlowRefusedException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Lets new flows in. Who finds no room waits until another one ends: first come, first served. So a rush is served one after the other, and not
 * refused. The line is short, since each who waits holds a thread of the application's. Thread-safe.
 */
final class Admission {

    private final int lineMax;
    private final Duration patience;
    private final Deque<Object> line = new ArrayDeque<>();
    private long changes;

    /** An attempt to come in. */
    @FunctionalInterface
    interface Attempt<T> {

        /** {@return who has come in, or empty if there is no room} */
        Optional<T> enter() throws FlowRefusedException;
    }

    /**
     * A line where nobody waits.
     *
     * @param lineMax how many may wait
     * @param patience how long each waits
     */
    Admission(int lineMax, Duration patience) {
        this.lineMax = lineMax;
        this.patience = patience;
    }

    /**
     * Comes in, at once or when others have left.
     *
     * @param deadline of the flow
     * @param attempt made again whenever there may be room
     * @param why there is none
     */
    <T> T enter(Deadline deadline, Attempt<T> attempt, Supplier<String> why) throws FlowRefusedException {
        long seen = changes();
        Optional<T> entered = waiting() == 0 ? attempt.enter() : Optional.empty();
        if (entered.isPresent()) {
            return entered.get();
        }
        Object place = lineUp(why);
        try {
            Deadline limit = Deadline.in(deadline.leftAtMost(patience));
            while (awaitTurn(place, seen, limit)) {
                seen = changes();
                entered = attempt.enter();
                if (entered.isPresent()) {
                    return entered.get();
                }
            }
            throw Refused.tooMany(
                    why.get() + "; it has waited for " + patience.toSeconds() + " s or until its deadline");
        } finally {
            leave(place);
        }
    }

    private synchronized Object lineUp(Supplier<String> why) throws FlowRefusedException {
        if (line.size() >= lineMax) {
            throw Refused.tooMany(why.get() + ", and " + line.size() + " wait already");
        }
        Object place = new Object();
        line.addLast(place);
        return place;
    }

    /** False if the time is over. */
    private synchronized boolean awaitTurn(Object place, long seen, Deadline limit) {
        try {
            while (line.peekFirst() != place || changes == seen) {
                if (limit.isOver()) {
                    return false;
                }
                wait(limit.left().toMillis() + 1);
            }
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private synchronized void leave(Object place) {
        line.remove(place);
        left();
    }

    /** A flow has ended, or somebody waits no more: there may be room. */
    synchronized void left() {
        changes++;
        notifyAll();
    }

    private synchronized long changes() {
        return changes;
    }

    synchronized int waiting() {
        return line.size();
    }
}
