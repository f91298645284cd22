package dev.lockstep.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;

class ParametersTest {

    @Test
    void takesWhatIsGivenAndTheDefaultsForTheRest() {
        assertThat(Parameters.from(Map.of("compare", "participant", "rounds", "3")))
                .isEqualTo(new Parameters("participant", 16, 20, 3, 3, 0, 64, Demand.MANY));
    }

    @Test
    void refusesAnUnknownComparison() {
        assertThatThrownBy(() -> Parameters.from(Map.of("compare", "speed")))
                .hasMessageStartingWith(
                        "-Dcompare=speed must be one of worlds, participant, drop-in, journal, picture, watchers, flow, versions");
    }

    @Test
    void refusesANumberBelowItsLimit() {
        assertThatThrownBy(() -> Parameters.from(Map.of("compare", "participant", "clients", "0")))
                .hasMessage("-Dclients=0 must be a number, 1 to 9999");
    }
}
