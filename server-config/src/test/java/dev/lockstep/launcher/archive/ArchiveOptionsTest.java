package dev.lockstep.launcher.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.lockstep.launcher.console.StartException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ArchiveOptionsTest {

    @Test
    void options_comeInAnyOrder() {
        assertThat(ArchiveOptions.of(List.of("--to", "/a/folder", "--older-than", "36500d")))
                .isEqualTo(ArchiveOptions.of(List.of("--older-than", "36500d", "--to", "/a/folder")))
                .satisfies(options -> assertThat(options.age()).hasDays(36_500))
                .satisfies(options -> assertThat(options.to()).contains(Path.of("/a/folder")));
    }

    @Test
    void withoutAFolder_thereAreNoFiles() {
        assertThat(ArchiveOptions.of(List.of("--older-than", "1d")).to()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "''                                 | --older-than is missing; it says what is archived, as in --older-than 90d",
                "--older-than                       | --older-than needs a value",
                "--older-than soon                  | --older-than soon must be days, 1d to 36500d",
                "--older-than 90                    | --older-than 90 must be days, 1d to 36500d",
                "--older-than 0d                    | --older-than 0d must be days, 1d to 36500d",
                "--older-than 36501d                | --older-than 36501d must be days, 1d to 36500d",
                "--older-than 1d --older-than 2d    | --older-than is there twice",
                "--olderthan 1d                     | --olderthan is no option of archive; there are --older-than and --to"
            })
    void badOption_isNamedWithItsLimit(String arguments, String message) {
        assertThatExceptionOfType(StartException.class)
                .isThrownBy(() -> ArchiveOptions.of(arguments.isEmpty() ? List.of() : List.of(arguments.split(" "))))
                .withMessageContaining(message);
    }

    @Test
    void blankFolder_isRefused() {
        assertThatExceptionOfType(StartException.class)
                .isThrownBy(() -> ArchiveOptions.of(List.of("--older-than", "1d", "--to", " ")))
                .withMessage("--to must be a folder, not blank");
    }
}
