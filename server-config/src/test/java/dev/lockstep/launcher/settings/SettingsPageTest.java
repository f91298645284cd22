package dev.lockstep.launcher.settings;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The table of {@code docs/settings.md}, held against the code. */
class SettingsPageTest {

    private static final Pattern ROW = Pattern.compile("(?m)^\\| `([A-Z_]+)` \\| (.*?) \\| (.*?) \\|");
    private static final Pattern NUMBER = Pattern.compile("\\d+");

    @Test
    void page_hasEachSetting() throws IOException {
        assertThat(rows().keySet())
                .containsAll(Arrays.stream(Setting.values()).map(Setting::name).toList());
    }

    @Test
    void page_tellsDefaultAndLimits() throws IOException {
        Map<String, String> rows = rows();
        for (Setting setting : Setting.values()) {
            assertThat(rows.get(setting.name())).as(setting.name()).contains(setting.defaultValue());
            NUMBER.matcher(setting.limit()).results().forEach(number -> assertThat(rows.get(setting.name()))
                    .as(setting.help())
                    .contains(number.group()));
        }
    }

    /** What the table says of each setting about default and limits. */
    private static Map<String, String> rows() throws IOException {
        Map<String, String> rows = new LinkedHashMap<>();
        Matcher row = ROW.matcher(Files.readString(Path.of("../docs/settings.md")));
        while (row.find()) {
            rows.put(row.group(1), row.group(2) + " " + row.group(3));
        }
        return rows;
    }
}
