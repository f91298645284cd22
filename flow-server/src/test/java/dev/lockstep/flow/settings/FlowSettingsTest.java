package dev.lockstep.flow.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lockstep.flow.settings.FlowSettings.Setting;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The settings of flows, and their rows in {@code docs/settings.md}. */
class FlowSettingsTest {

    private static final Pattern ROW = Pattern.compile("(?m)^\\| `(FLOW_[A-Z_]+)` \\| (.*?) \\| (.*?) \\|");

    @Test
    void unsetMeansUsual() {
        FlowSettings usual = FlowSettings.from(Map.of("LOCKSTEP_FLOW_MAX_OPEN", ""));
        assertThat(usual.patience()).isEqualTo(Duration.ofSeconds(10));
        assertThat(usual.maxOpen()).isEqualTo(16);
    }

    @Test
    void setIsRead() {
        assertThat(FlowSettings.from(Map.of("LOCKSTEP_FLOW_WINDOW", "60")).window())
                .isEqualTo(Duration.ofMinutes(1));
    }

    @Test
    void allThatIsWrongIsNamed() {
        assertThatThrownBy(
                        () -> FlowSettings.from(Map.of("LOCKSTEP_FLOW_MAX_OPEN", "0", "LOCKSTEP_FLOW_TIMEOUT", "soon")))
                .hasMessage(
                        "LOCKSTEP_FLOW_TIMEOUT=soon must be 5 to 600 seconds; LOCKSTEP_FLOW_MAX_OPEN=0 must be 1 to 4096 flows");
    }

    @Test
    void patienceOutlastsAnswers() {
        assertThatThrownBy(() ->
                        FlowSettings.from(Map.of("LOCKSTEP_FLOW_PATIENCE", "5", "LOCKSTEP_FLOW_ANSWER_TIMEOUT", "5")))
                .hasMessageContaining("LOCKSTEP_FLOW_PATIENCE=5 must be more than LOCKSTEP_FLOW_ANSWER_TIMEOUT=5");
    }

    @Test
    void pageTellsDefaultAndLimits() throws IOException {
        Map<String, String> rows = new HashMap<>();
        Matcher row = ROW.matcher(Files.readString(Path.of("../docs/settings.md")));
        while (row.find()) {
            rows.put("LOCKSTEP_" + row.group(1), row.group(2) + " " + row.group(3));
        }
        for (Setting setting : Setting.values()) {
            assertThat(rows.get(setting.variable()))
                    .as(setting.variable())
                    .isEqualTo(setting.usual() + " " + setting.limit());
        }
    }
}
