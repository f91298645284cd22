package dev.lockstep.benchmarks;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/**
 * Where the median of all rounds that could be run lies, judged by those that were. It assumes nothing about how they spread: each round is
 * above or below that median as a coin falls.
 *
 * @param low a round's value; the median is hardly below
 * @param high a round's value; the median is hardly above
 * @param confidence how sure that is, at least {@link #LEAST}
 */
record Interval(double low, double high, double confidence) {

    static final double LEAST = 0.95;

    /** The narrowest one that is sure enough; none of fewer than six values. */
    static Optional<Interval> ofMedian(double... values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        int count = sorted.length;
        Optional<Interval> narrowest = Optional.empty();
        double ways = 1;
        double below = 0;
        for (int outside = 0; 2 * outside < count; outside++) {
            below += ways / Math.pow(2, count);
            ways = ways * (count - outside) / (outside + 1);
            if (1 - 2 * below >= LEAST) {
                narrowest = Optional.of(new Interval(sorted[outside], sorted[count - 1 - outside], 1 - 2 * below));
            }
        }
        return narrowest;
    }

    @Override
    public String toString() {
        return String.format(Locale.ROOT, "%.3f to %.3f (%.0f %% sure)", low, high, 100 * confidence);
    }
}
