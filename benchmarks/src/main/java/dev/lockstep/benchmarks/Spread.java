package dev.lockstep.benchmarks;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/**
 * The same number from several rounds.
 *
 * @param median the middle one, or the mean of the two in the middle
 * @param min the smallest
 * @param max the largest
 */
record Spread(double median, double min, double max) {

    static Spread of(double... values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        int middle = sorted.length / 2;
        return new Spread(
                sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2,
                sorted[0],
                sorted[sorted.length - 1]);
    }

    /** Of a number that each of them has. */
    static <T> Spread of(List<T> all, ToDoubleFunction<T> number) {
        return of(all.stream().mapToDouble(number).toArray());
    }

    /** Of the ratios of the rounds that belong together. */
    static Spread ofRatios(List<Round> bases, List<Round> others, ToDoubleFunction<Round> number) {
        return of(ratios(bases, others, number));
    }

    static double[] ratios(List<Round> bases, List<Round> others, ToDoubleFunction<Round> number) {
        double[] ratios = new double[bases.size()];
        for (int i = 0; i < ratios.length; i++) {
            ratios[i] = number.applyAsDouble(others.get(i)) / number.applyAsDouble(bases.get(i));
        }
        return ratios;
    }

    String format(String number) {
        return String.format(Locale.ROOT, number + " (" + number + "–" + number + ")", median, min, max);
    }
}
