package dev.lockstep.launcher.process;

import java.time.Duration;

/** How long to wait before a dead program is started again: half a second at first, doubled at each early death. */
final class Backoff {

    private static final Duration FIRST = Duration.ofMillis(500);
    private static final Duration LONGEST = Duration.ofSeconds(30);
    private static final Duration LONG_LIFE = Duration.ofMinutes(1);

    private Duration next = FIRST;

    /**
     * Tells how long to wait now.
     *
     * @param lived how long the program ran
     * @return the wait before its next start
     */
    Duration afterLifeOf(Duration lived) {
        Duration wait = lived.compareTo(LONG_LIFE) >= 0 ? FIRST : next;
        Duration doubled = wait.multipliedBy(2);
        next = doubled.compareTo(LONGEST) > 0 ? LONGEST : doubled;
        return wait;
    }
}
