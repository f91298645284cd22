package dev.lockstep.launcher.process;

import java.time.Duration;

/**
 * How long to wait before a dead program is started again. One that was ready comes back at once; one that dies before it is
 * ready waits half a second at first, and twice as long each time.
 */
final class Backoff {

    private static final Duration FIRST = Duration.ofMillis(500);
    private static final Duration LONGEST = Duration.ofSeconds(30);

    private Duration next = FIRST;

    /**
     * Tells how long to wait now.
     *
     * @param wasReady whether the program that died had been ready
     * @return the wait before its next start
     */
    Duration afterDeath(boolean wasReady) {
        if (wasReady) {
            next = FIRST;
            return Duration.ZERO;
        }
        Duration wait = next;
        Duration doubled = wait.multipliedBy(2);
        next = doubled.compareTo(LONGEST) > 0 ? LONGEST : doubled;
        return wait;
    }
}
