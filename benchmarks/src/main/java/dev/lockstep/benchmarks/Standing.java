package dev.lockstep.benchmarks;

import java.time.Duration;
import java.util.Locale;

/**
 * What is told of a candidate of the comparison of everybody, beside its rounds.
 *
 * @param rival who
 * @param warmth how it became warm
 * @param toFirstOrder from the start of its server's process to its first order, or zero if it has none
 * @param megabytes the memory that its server had in use at the end, 0 if it has none
 * @param mostMegabytes … and at most
 */
record Standing(Rival rival, Warmth warmth, Duration toFirstOrder, long megabytes, long mostMegabytes) {

    /** {@return a row of a table in Markdown} */
    String row() {
        return "| " + rival.title() + " | " + rival.what() + " | "
                + (toFirstOrder.isZero()
                        ? " | | "
                        : String.format(
                                Locale.ROOT,
                                "%.1f | %d / %d | ",
                                toFirstOrder.toMillis() / 1000.0,
                                megabytes,
                                mostMegabytes))
                + warmth + " |\n";
    }
}
