package dev.lockstep.operator.control;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * The queue before the hashing of passwords, which is slow on purpose: more of it at once would take the processors from the orders. Who comes
 * first is first, so one who guesses all the time keeps nobody out for long. Thread-safe.
 */
public final class LoginQueue {

    private static final int HASHED_AT_ONCE = 2;

    /** Each holds a thread of the container. */
    private static final int WAITING_MAX = 4;

    private static final Duration LONGEST_WAIT = Duration.ofSeconds(3);

    private final Semaphore places = new Semaphore(HASHED_AT_ONCE + WAITING_MAX);
    private final Semaphore turns = new Semaphore(HASHED_AT_ONCE, true);
    private final Duration longestWait;

    /** A queue with nobody in it. */
    public LoginQueue() {
        this(LONGEST_WAIT);
    }

    LoginQueue(Duration longestWait) {
        this.longestWait = longestWait;
    }

    /**
     * Waits for a turn, three seconds at most.
     *
     * @return whether it came, to be ended by {@link #leave()}; false also at once when four wait already
     */
    public boolean enter() {
        if (!places.tryAcquire()) {
            return false;
        }
        boolean isOn = isOn();
        if (!isOn) {
            places.release();
        }
        return isOn;
    }

    private boolean isOn() {
        try {
            return turns.tryAcquire(longestWait.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // the server ends
            return false;
        }
    }

    /** Ends a turn. */
    public void leave() {
        turns.release();
        places.release();
    }
}
