package dev.lockstep.flow.registry;

import dev.lockstep.flow.server.FlowRefusedException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/**
 * Lets new flows in. Who finds no room waits until another one ends: first come, first served. So a rush is served one after the other, and not
 * refused. The line is short, since each who waits holds a thread of the application's. Thread-safe.
 */
final class Admission {

    private final int lineMax;
    private final Duration patience;
    private final Lock lock = new ReentrantLock();
    private final Deque<Condition> line = new ArrayDeque<>();
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
        Condition place = lineUp(why);
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

    private Condition lineUp(Supplier<String> why) throws FlowRefusedException {
        lock.lock();
        try {
            if (line.size() >= lineMax) {
                throw Refused.tooMany(why.get() + ", and " + line.size() + " wait already");
            }
            Condition place = lock.newCondition();
            line.addLast(place);
            return place;
        } finally {
            lock.unlock();
        }
    }

    /** False if the time is over. */
    private boolean awaitTurn(Condition place, long seen, Deadline limit) {
        lock.lock();
        try {
            while (line.peekFirst() != place || changes == seen) {
                if (limit.isOver()) {
                    return false;
                }
                place.awaitNanos(limit.left().toNanos());
            }
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        } finally {
            lock.unlock();
        }
    }

    private void leave(Condition place) {
        lock.lock();
        try {
            line.remove(place);
            left();
        } finally {
            lock.unlock();
        }
    }

    /** A flow has ended, or somebody waits no more: there may be room for the first of the line, who alone is woken. */
    void left() {
        lock.lock();
        try {
            changes++;
            if (!line.isEmpty()) {
                line.peekFirst().signal();
            }
        } finally {
            lock.unlock();
        }
    }

    private long changes() {
        lock.lock();
        try {
            return changes;
        } finally {
            lock.unlock();
        }
    }

    int waiting() {
        lock.lock();
        try {
            return line.size();
        } finally {
            lock.unlock();
        }
    }
}
