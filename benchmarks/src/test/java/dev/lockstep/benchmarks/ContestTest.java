package dev.lockstep.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ContestTest {

    @Test
    void comparesEverybodyAtEachPointUnlessToldOtherwise() {
        Contest contest = Contest.from(Map.of("compare", "everybody"));
        assertThat(contest.rivals()).containsExactly(Rival.values());
        assertThat(contest.points())
                .extracting(Parameters::clients)
                .containsExactly(1, 16, 64, 256, 1, 16, 64, 256, 1, 16, 64, 256);
        assertThat(contest.points()).extracting(Parameters::demand).containsSubsequence(Demand.values());
    }

    @Test
    void takesWhatIsGiven() {
        Contest contest = Contest.from(Map.of("rivals", "floor,shared-loop", "clients", "8", "demand", "hot,sale"));
        assertThat(contest.rivals()).containsExactly(Rival.FLOOR, Rival.SHARED_LOOP);
        assertThat(contest.points()).containsExactly(contest.point(8, Demand.HOT), contest.point(8, Demand.SALE));
    }

    /** Two candidates, thirty rounds to warm up, one point with a round before those that count. */
    @Test
    void tellsHowLongItTakesAtMost() {
        Contest contest =
                new Contest(List.of(Rival.FLOOR, Rival.TWO_COMMITS), List.of(16), List.of(Demand.MANY), 10, 3, 1000);
        assertThat(contest.longest()).isEqualTo(Duration.ofSeconds(2 * 10 * (30 + 4)));
    }

    @Test
    void refusesWhomItDoesNotKnow() {
        assertThatThrownBy(() -> Contest.from(Map.of("rivals", "floor,tomcat")))
                .hasMessageStartingWith("-Drivals=tomcat must be some of floor, two-commits, shared-loop, lockstep");
    }

    @Test
    void refusesWhatIsNoNumberOfClients() {
        assertThatThrownBy(() -> Contest.from(Map.of("clients", "16,0")))
                .hasMessage("-Dclients=0 must be numbers with commas between them, each 1 to 1000");
    }

    @Test
    void refusesAnUnknownDemand() {
        assertThatThrownBy(() -> Contest.from(Map.of("demand", "few")))
                .hasMessage("-Ddemand=few must be one of many, hot, sale");
    }
}
