package dev.lockstep.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class IntervalTest {

    /** Which ranks bound the median, from the table of the sign test: of 20 values the 6th and the 15th, 95.9 % sure. */
    @ParameterizedTest
    @CsvSource({"6, 1, 0.9688", "9, 2, 0.9609", "10, 2, 0.9785", "20, 6, 0.9586", "25, 8, 0.9567", "40, 14, 0.9615"})
    void isBoundedByTwoOfTheValues(int count, int rank, double confidence) {
        double[] shuffled =
                IntStream.range(0, count).mapToDouble(i -> i * 7 % count + 1).toArray();
        assertThat(shuffled).as("each rank once").doesNotHaveDuplicates();
        assertThat(Interval.ofMedian(shuffled)).hasValueSatisfying(interval -> {
            assertThat(interval.low()).isEqualTo(rank);
            assertThat(interval.high()).isEqualTo(count + 1 - rank);
            assertThat(interval.confidence()).isCloseTo(confidence, within(0.0001));
        });
    }

    @Test
    void isNoneOfFewerThanSixValues() {
        assertThat(Interval.ofMedian(1, 2, 3, 4, 5)).isEmpty();
        assertThat(Interval.ofMedian()).isEmpty();
    }

    @Test
    void isToldWithItsConfidence() {
        assertThat(new Interval(0.97512, 1.01, 0.9586)).hasToString("0.975 to 1.010 (96 % sure)");
    }
}
