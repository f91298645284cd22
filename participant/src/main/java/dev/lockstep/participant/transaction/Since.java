package dev.lockstep.participant.transaction;

import java.time.Duration;
import java.time.Instant;

/**
 * A moment, by two clocks: one of them stands still while a machine is suspended, and the other may be set.
 *
 * @param nanoTime by the monotonic clock
 * @param clock by the wall clock
 */
record Since(long nanoTime, Instant clock) {

    static Since now() {
        return new Since(System.nanoTime(), Instant.now());
    }

    /** {@return whether less time has passed by both clocks} */
    boolean isLessAgoThan(Duration limit) {
        return System.nanoTime() - nanoTime < limit.toNanos()
                && Duration.between(clock, Instant.now()).abs().compareTo(limit) < 0;
    }
}
