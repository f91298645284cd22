package dev.lockstep.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.Test;

class ResultsTest {

    private static final Contest CONTEST =
            new Contest(List.of(Rival.FLOOR, Rival.LOCKSTEP), List.of(16), List.of(Demand.HOT), 1, 3, 1000);

    private final Results results = new Results(
            CONTEST,
            List.of(
                    new Standing(Rival.FLOOR, warmth(), Duration.ZERO, 0, 0),
                    new Standing(Rival.LOCKSTEP, warmth(), Duration.ofMillis(6400), 400, 450)),
            Map.of(CONTEST.point(16, Demand.HOT), List.of(rounds(100, 200, 400), rounds(150, 200, 300))),
            "- System: this one\n");

    @Test
    void tellsMediansAndTheMedianOfTheRoundsRatios() {
        assertThat(results.page())
                .contains("| Lockstep | 200 (1.00) |")
                .contains("| Lockstep | 2.0 / 2.0, 3 refused |")
                .contains("| Lockstep | 4000 | 2000 | 1000 | 1000 | 4.00 |")
                .contains("Each of the 1350 orders with a yes")
                .endsWith("- System: this one\n");
    }

    @Test
    void tellsAboutEachServer() {
        assertThat(results.page())
                .contains(" | 6.4 | 400 / 450 | still climbing after 1 rounds, from 100 to 100 a second |");
    }

    @Test
    void hasALineForEachRound() {
        assertThat(results.csv().lines())
                .hasSize(1 + 6)
                .contains("lockstep,hot,16,1,150,1,150.0,2.000,2.000,2.000,4000.0,2000.0,1000.0,1000,4.000");
    }

    /** Between 100 and 1000 a median of 200 is at 70 % of the height from above. */
    @Test
    void drawsALineForEach() {
        assertThat(new Chart(results).svg())
                .contains("one hot product, orders a second")
                .contains(">Lockstep</text>")
                .contains("cy=\"209.7\"");
    }

    private static Warmth warmth() {
        Warmth warmth = new Warmth();
        warmth.add(100, 0);
        return warmth;
    }

    private static List<Round> rounds(int... orders) {
        return IntStream.of(orders).mapToObj(ResultsTest::round).toList();
    }

    /** A second of orders that take 2 ms each. */
    static Round round(int orders) {
        Histogram micros = new Histogram(3);
        micros.recordValueWithCount(2000, orders);
        List<UUID> placed = Stream.generate(UUID::randomUUID).limit(orders).toList();
        return new Round(
                new Candidate("any", null, World.ORDERS),
                new Shelf(1, 1),
                new Load(placed, orders, List.of("503 {}"), 1, micros),
                1,
                new ProcessorTime.Spent(orders / 1000.0, orders / 250.0, orders / 500.0),
                new Writes(orders * 1000.0, orders * 4.0, orders / 10.0));
    }
}
