package dev.lockstep.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.benchmarks.Growth.GrownRound;
import java.util.List;
import org.junit.jupiter.api.Test;

class GrowthReportTest {

    private final GrowthReport report = new GrowthReport(
            1,
            List.of(
                    new GrownRound(GrowthPoint.ONE_CUSTOMER, 1_000_000, ResultsTest.round(100), List.of(400L)),
                    new GrownRound(GrowthPoint.ALL_AT_ONCE, 10_000_000, ResultsTest.round(400), List.of(450L, 470L))),
            "- System: this one\n");

    @Test
    void tellsEachPoint() {
        assertThat(report.page())
                .contains(
                        "| one customer | 1,000,000 | 1 | 1 | 1 | 100 | 2.0 | 2.0 | 2 | 1 | 4000 | 2000 | 1000 | 0.100 | 4.00 | 400 |")
                .contains("| all at once | 10,000,000 | 1 | 2 | 1000 | 400 |", "| 450 + 470 |")
                .endsWith("- System: this one\n");
        assertThat(report.csv().lines())
                .hasSize(1 + 2)
                .contains(
                        "all at once,10000000,1,2,1000,400.0,2.000,2.000,2.000,1,4000.0,2000.0,1000,0.100,4.000,450 + 470");
    }

    @Test
    void drawsABarForEach_theLongestOverTheWholeWidth() {
        assertThat(report.svg())
                .contains(">one customer</text>", "width=\"65.0\"")
                .contains(">all at once</text>", "width=\"260.0\"");
    }

    @Test
    void pointsAreTwelve_andTheShopGrowsOlder() {
        assertThat(GrowthPoint.values()).hasSize(12).isSortedAccordingTo((one, other) -> one.age() - other.age());
    }
}
