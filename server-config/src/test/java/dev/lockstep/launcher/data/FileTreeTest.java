package dev.lockstep.launcher.data;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileTreeTest {

    @TempDir
    Path folder;

    @Test
    void otherVersionsAreDeleted_andNothingElse() throws Exception {
        Path elsewhere = Files.createDirectories(folder.resolve("elsewhere"));
        Files.writeString(elsewhere.resolve("file"), "another's");
        Path data = Files.createDirectories(folder.resolve("data"));
        Files.createDirectories(data.resolve("payara-micro-6.2025.9/runtime"));
        Files.createDirectories(data.resolve("payara-micro-6.2025.10"));
        Files.createDirectories(data.resolve("payara-micro-6.2025.10.unfinished"));
        Files.createDirectories(data.resolve("payara-micro-of-mine"));
        Files.createDirectories(data.resolve("postgres-18.6.0"));
        Files.createSymbolicLink(data.resolve("payara-micro-5.2022.5"), elsewhere);

        assertThat(FileTree.deleteOtherVersions(data, "payara-micro-", "payara-micro-6.2025.10"))
                .extracting(path -> path.getFileName().toString())
                .containsExactlyInAnyOrder(
                        "payara-micro-6.2025.9", "payara-micro-6.2025.10.unfinished", "payara-micro-5.2022.5");
        assertThat(data.toFile().list())
                .containsExactlyInAnyOrder("payara-micro-6.2025.10", "payara-micro-of-mine", "postgres-18.6.0");
        assertThat(elsewhere.resolve("file")).exists();
    }
}
