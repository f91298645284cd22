package dev.lockstep.benchmarks;

import java.util.Locale;
import java.util.Optional;

/** Whether a version is as fast as the one before it: its orders a second, at worst, beside the other's. */
final class Verdict {

    /** Fewer rounds show nothing. */
    static final int ROUNDS = 20;

    /** How much of the other's speed the lower bound must reach. */
    static final double FLOOR = 0.97;

    private Verdict() {}

    /**
     * Judges.
     *
     * @param ratios of the rounds that belong together, this version's orders a second : the other's
     * @return a sentence
     */
    static String of(double... ratios) {
        Optional<Interval> interval = Interval.ofMedian(ratios);
        if (ratios.length < ROUNDS || interval.isEmpty()) {
            return "Not shown to be as fast as before: " + ratios.length + " rounds, and " + ROUNDS + " are needed";
        }
        double low = interval.get().low();
        return String.format(
                Locale.ROOT,
                low >= FLOOR
                        ? "As fast as before: the lower bound, %.3f, is at least %.2f"
                        : "Not shown to be as fast as before: the lower bound, %.3f, is below %.2f",
                low,
                FLOOR);
    }
}
