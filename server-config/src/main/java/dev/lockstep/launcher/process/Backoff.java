package dev.lockstep.launcher.process;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * How long to wait before a dead program is started again. One that was ready comes back at once, ten times a minute at most: whoever
 * kills it again and again finds it back each time, and yet one that dies by itself as soon as it is ready cannot keep a processor and the
 * disk busy. All others wait half a second at first, and twice as long each time.
 */
final class Backoff {

    private static final Duration FIRST = Duration.ofMillis(500);
    private static final Duration LONGEST = Duration.ofSeconds(30);

    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final int AT_ONCE_IN_A_MINUTE = 10;

    private final Deque<Duration> deaths = new ArrayDeque<>();
    private Duration next = FIRST;

    /**
     * Tells how long to wait now.
     *
     * @param wasReady whether the program that died had been ready
     * @param when it died, by a clock that only goes forward
     * @return the wait before its next start
     */
    Duration afterDeath(boolean wasReady, Duration when) {
        deaths.removeIf(earlier -> earlier.compareTo(when.minus(MINUTE)) <= 0);
        deaths.add(when);
        if (wasReady && deaths.size() <= AT_ONCE_IN_A_MINUTE) {
            next = FIRST;
            return Duration.ZERO;
        }
        Duration wait = next;
        Duration doubled = wait.multipliedBy(2);
        next = doubled.compareTo(LONGEST) > 0 ? LONGEST : doubled;
        return wait;
    }
}
