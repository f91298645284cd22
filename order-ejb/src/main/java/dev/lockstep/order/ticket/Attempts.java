package dev.lockstep.order.ticket;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * How often a ticket may fail for a reason of its own, and how long it is left alone before it is tried again.
 *
 * @param max a ticket that has failed so often is FAILED; 2 or more, since of several that fail together all have made an attempt
 * @param firstPause the pause of a ticket that fails alone at its first attempt; it doubles with each attempt
 * @param longestPause no pause is longer
 */
public record Attempts(int max, Duration firstPause, Duration longestPause) {

    private static final String MAX = "LOCKSTEP_TICKET_ATTEMPTS";
    private static final String FIRST_PAUSE = "LOCKSTEP_TICKET_FIRST_PAUSE";
    private static final String LONGEST_PAUSE = "LOCKSTEP_TICKET_LONGEST_PAUSE";

    static final Attempts DEFAULT = from(Map.of());

    /**
     * Reads the settings. The launcher has checked them before; on a Payara of one's own nobody has.
     *
     * @param environment the process's environment; what is not there, or empty, has its default
     * @return the attempts and their pauses
     * @throws IllegalArgumentException naming the variable, its value and the limit
     */
    public static Attempts from(Map<String, String> environment) {
        Attempts attempts = new Attempts(
                number(environment, MAX, 5, 2, 100, "attempts"),
                pause(environment, FIRST_PAUSE, 500),
                pause(environment, LONGEST_PAUSE, 60_000));
        if (attempts.longestPause.compareTo(attempts.firstPause) < 0) {
            throw new IllegalArgumentException(LONGEST_PAUSE + "=" + attempts.longestPause.toMillis()
                    + " must be at least " + FIRST_PAUSE + "=" + attempts.firstPause.toMillis());
        }
        return attempts;
    }

    private static Duration pause(Map<String, String> environment, String variable, int missing) {
        return Duration.ofMillis(number(environment, variable, missing, 10, 3_600_000, "milliseconds"));
    }

    private static int number(
            Map<String, String> environment, String variable, int missing, int min, int max, String unit) {
        String text = environment.getOrDefault(variable, "");
        if (text.isEmpty()) {
            return missing;
        }
        int value = text.matches("[0-9]{1,8}") ? Integer.parseInt(text) : -1;
        if (value < min || value > max) {
            throw new IllegalArgumentException(variable + "=" + text + " must be " + unit + ", " + min + " to " + max);
        }
        return value;
    }

    /** {@return the pauses after the first attempt, the second and so on; nobody waits for the last one, it tells when a ticket FAILED} */
    List<Duration> pauses() {
        return Stream.iterate(firstPause, this::next).limit(max).toList();
    }

    private Duration next(Duration pause) {
        Duration twice = pause.multipliedBy(2);
        return twice.compareTo(longestPause) < 0 ? twice : longestPause;
    }
}
