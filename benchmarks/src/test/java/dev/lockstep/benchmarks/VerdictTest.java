package dev.lockstep.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class VerdictTest {

    @Test
    void isYes_ifTheSixthSmallestOfTwentyReachesTheFloor() {
        assertThat(Verdict.of(ratios(20, 5, 0.97)))
                .isEqualTo("As fast as before: the lower bound, 0.970, is at least 0.97");
    }

    @Test
    void isNotShown_ifTheSixthSmallestDoesNot() {
        assertThat(Verdict.of(ratios(20, 6, 0.97)))
                .isEqualTo("Not shown to be as fast as before: the lower bound, 0.900, is below 0.97");
    }

    @Test
    void isNotShown_byFewerRoundsThanTwenty() {
        assertThat(Verdict.of(ratios(19, 0, 1)))
                .isEqualTo("Not shown to be as fast as before: 19 rounds, and 20 are needed");
    }

    private static double[] ratios(int count, int slow, double others) {
        return IntStream.range(0, count)
                .mapToDouble(i -> i < slow ? 0.9 : others)
                .toArray();
    }
}
