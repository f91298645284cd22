package dev.lockstep.order.ticket;

import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/**
 * How often a ticket may fail for a reason of its own, and how long it is left alone before it is tried again.
 *
 * @param max a ticket that has failed so often is FAILED; 2 or more, since of several that fail together all have made an attempt
 * @param firstPause the pause of a ticket that fails alone at its first attempt; it doubles with each attempt
 * @param longestPause no pause is longer
 */
record Attempts(int max, Duration firstPause, Duration longestPause) {

    static final Attempts DEFAULT = new Attempts(5, Duration.ofMillis(500), Duration.ofMinutes(1));

    /** {@return the pauses after the first attempt, the second and so on; nobody waits for the last one, it tells when a ticket FAILED} */
    List<Duration> pauses() {
        return Stream.iterate(firstPause, this::next).limit(max).toList();
    }

    private Duration next(Duration pause) {
        Duration twice = pause.multipliedBy(2);
        return twice.compareTo(longestPause) < 0 ? twice : longestPause;
    }
}
