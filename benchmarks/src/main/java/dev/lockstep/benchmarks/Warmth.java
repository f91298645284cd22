package dev.lockstep.benchmarks;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Whether a candidate is warm: its rate no longer climbs. It is warm when {@value #LEVEL_ROUNDS} rounds in a row were at most 5 % faster than
 * the fastest round before them, and the compilers of its JVM had little to do in them. A machine that is busy for a moment makes a round
 * slower, and so makes nobody warm too early. Nor does a JVM whose rate stands still since its compilers cannot keep up.
 */
final class Warmth {

    /** So many rounds may be needed; who is not warm then is measured all the same, and the report tells it. */
    static final int MOST_ROUNDS = 30;

    private static final int LEVEL_ROUNDS = 3;
    private static final double LEVEL = 1.05;

    /** So much of a processor may the compilers still use. */
    private static final double COMPILING = 0.15;

    private final List<Double> rates = new ArrayList<>();
    private final List<Double> compiling = new ArrayList<>();

    /**
     * Notes one more round.
     *
     * @param rate answers a second
     * @param compiling how much of a processor the compilers used, 1 for all of one
     */
    void add(double rate, double compiling) {
        rates.add(rate);
        this.compiling.add(compiling);
    }

    boolean isWarm() {
        int before = rates.size() - LEVEL_ROUNDS;
        return before > 0
                && max(rates.subList(before, rates.size())) <= LEVEL * max(rates.subList(0, before))
                && max(compiling.subList(before, rates.size())) <= COMPILING;
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
