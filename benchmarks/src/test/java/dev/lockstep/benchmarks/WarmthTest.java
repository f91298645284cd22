package dev.lockstep.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;

class WarmthTest {

    @Test
    void isColdWhileItClimbs() {
        assertThat(after(300, 600, 800, 900).isWarm()).isFalse();
        assertThat(after(300, 600, 800, 900, 1000, 1080).isWarm()).isFalse();
    }

    @Test
    void isColdBeforeThreeRoundsCanShowIt() {
        assertThat(after(1000, 1000, 1000).isWarm()).isFalse();
    }

    @Test
    void isWarmAfterThreeRoundsThatDidNotClimb() {
        assertThat(after(300, 1000, 1040, 990, 1050).isWarm()).isTrue();
    }

    @Test
    void aBusyMomentOfTheMachineMakesNobodyWarm() {
        assertThat(after(600, 300, 300, 900).isWarm()).isFalse();
    }

    @Test
    void isColdWhileItsCompilersCannotKeepUp() {
        Warmth warmth = after(500, 510, 500);
        warmth.add(505, 0.4);
        assertThat(warmth.isWarm()).isFalse();
    }

    @Test
    void tellsHowItWent() {
        assertThat(after(300, 1000, 1040, 990, 1050)).hasToString("warm after 5 rounds, from 300 to 1050 a second");
        assertThat(after(300, 600)).hasToString("still climbing after 2 rounds, from 300 to 600 a second");
    }

    private static Warmth after(double... rates) {
        Warmth warmth = new Warmth();
        DoubleStream.of(rates).forEach(rate -> warmth.add(rate, 0.1));
        return warmth;
    }
}
