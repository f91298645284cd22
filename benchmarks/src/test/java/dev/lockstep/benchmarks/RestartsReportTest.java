package dev.lockstep.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.benchmarks.Restarts.Life;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RestartsReportTest {

    @Test
    void tellsMediansOfLives() {
        Map<String, List<Life>> lives = new LinkedHashMap<>();
        lives.put("", List.of(life(6, 100, 300), life(7, 200, 400), life(9, 300, 800)));
        lives.put("-XX:+UseSerialGC", List.of(life(5, 10, 20), life(5, 10, 20), life(5, 10, 20)));
        assertThat(new RestartsReport(16, 10, lives, "- System: this one\n").page())
                .contains("| as delivered | 7.0 | 200 | 300 | 400 | 2.0 | 2.0 | 450 |")
                .contains("| `-XX:+UseSerialGC` | 5.0 | 10 | 15 | 20 |")
                .contains("Medians of 3 lives each")
                .endsWith("- System: this one\n");
    }

    private static Life life(double start, int first, int last) {
        return new Life(start, List.of(ResultsTest.round(first), ResultsTest.round(last)), 450);
    }
}
