package dev.lockstep.launcher.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.lockstep.launcher.console.StartException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ArchiveFilesTest {

    private static final Instant NOON = Instant.parse("2026-03-01T12:00:00.123456Z");

    @TempDir
    Path folder;

    @Test
    void rows_areLinesOfAFileThatOnlyItsOwnerReads() throws Exception {
        Path made = folder.resolve("made/of two");
        try (ArchiveFiles files = new ArchiveFiles(Optional.of(made), NOON)) {
            files.append("orders", List.of("{\"name\":\"茶\"}", "{}"));
            files.append("orders", List.of());
            files.append("orders", List.of("{\"a\":1}"));
            Path file = made.resolve("orders-20260301T120000Z.jsonl");
            assertThat(file).content().isEqualTo("{\"name\":\"茶\"}\n{}\n{\"a\":1}\n");
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                    .isEqualTo("rw-------");
            assertThat(files.written()).containsExactly(file);
        }
    }

    /** What an earlier run has written may be all that there is of a row. */
    @Test
    void fileThatIsThere_isNotWrittenOver() throws Exception {
        Files.writeString(folder.resolve("orders-20260301T120000Z.jsonl"), "{}\n");
        try (ArchiveFiles files = new ArchiveFiles(Optional.of(folder), NOON)) {
            assertThatExceptionOfType(StartException.class)
                    .isThrownBy(() -> files.append("orders", List.of("{}")))
                    .withMessageContaining("Cannot write " + folder)
                    .withMessageEndingWith("its rows stay where they are");
        }
    }

    @Test
    void folderThatCannotBe_isNamed() throws Exception {
        Path file = Files.writeString(folder.resolve("a file"), "in the way");
        assertThatExceptionOfType(StartException.class)
                .isThrownBy(() -> new ArchiveFiles(Optional.of(file.resolve("sub")), NOON))
                .withMessageContaining("--to " + file.resolve("sub") + " must be a folder that can be written");
    }

    @Test
    void withoutAFolder_nothingIsWritten() {
        try (ArchiveFiles files = new ArchiveFiles(Optional.empty(), NOON)) {
            files.append("orders", List.of("{}"));
            assertThat(files.areWanted()).isFalse();
            assertThat(files.written()).isEmpty();
        }
    }
}
