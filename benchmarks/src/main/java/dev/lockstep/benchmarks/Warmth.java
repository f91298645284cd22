package dev.lockstep.benchmarks;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Whether a candidate is warm: its rate no longer climbs. It is warm when {@value #LEVEL_ROUNDS} rounds in a row were at most 5 % faster than
 * the fastest round before them. A machine that is busy for a moment makes a round slower, and so makes nobody warm too early.
 */
final class Warmth {

    /** So many rounds may be needed; who is not warm then is measured all the same, and the report tells it. */
    static final int MOST_ROUNDS = 20;

    private static final int LEVEL_ROUNDS = 3;
    private static final double LEVEL = 1.05;

    private final List<Double> rates = new ArrayList<>();

    /** Notes the rate of one more round, in answers a second. */
    void add(double rate) {
        rates.add(rate);
    }

    boolean isWarm() {
        int before = rates.size() - LEVEL_ROUNDS;
        return before > 0 && max(rates.subList(before, rates.size())) <= LEVEL * max(rates.subList(0, before));
    }

    private static double max(List<Double> some) {
        return some.stream().mapToDouble(Double::doubleValue).max().orElseThrow();
    }

    /** The first rate and the fastest, and how many rounds it took. */
    @Override
    public String toString() {
        return String.format(
                Locale.ROOT,
                "%s after %d rounds, from %.0f to %.0f a second",
                isWarm() ? "warm" : "still climbing",
                rates.size(),
                rates.get(0),
                max(rates));
    }
}
