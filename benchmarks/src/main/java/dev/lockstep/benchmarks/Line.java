package dev.lockstep.benchmarks;

import java.util.function.ToDoubleFunction;

/**
 * A line of the report's table.
 *
 * @param title what the number is
 * @param format how it is written
 * @param number the number of a round
 */
record Line(String title, String format, ToDoubleFunction<Round> number) {

    double of(Round round) {
        return number.applyAsDouble(round);
    }
}
