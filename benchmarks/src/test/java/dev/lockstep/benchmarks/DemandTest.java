package dev.lockstep.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class DemandTest {

    private static final int DRAWS = 100_000;
    private static final int PRODUCTS = 1000;

    @Test
    void many_areWantedAlike() {
        assertThat(shareOfFive(Demand.MANY)).isCloseTo(0.005, within(0.002));
    }

    @Test
    void hot_isTheFirst() {
        assertThat(IntStream.range(0, 100).map(i -> Demand.HOT.place(PRODUCTS))).containsOnly(0);
    }

    /** Four in five by itself, and five of a thousand of the rest. */
    @Test
    void sale_isOfFiveProducts() {
        assertThat(shareOfFive(Demand.SALE)).isCloseTo(0.801, within(0.01));
    }

    private static double shareOfFive(Demand demand) {
        return IntStream.range(0, DRAWS)
                        .map(i -> demand.place(PRODUCTS))
                        .filter(place -> place < 5)
                        .count()
                / (double) DRAWS;
    }
}
