package dev.lockstep.launcher.data;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SecretsTest {

    @TempDir
    Path folder;

    @Test
    void passwordIsMadeOnce_andKeptForItsOwnerAlone() throws Exception {
        Path file = folder.resolve("secrets.properties");
        String made = new Secrets(file).of("product");

        assertThat(made).hasSize(32);
        assertThat(new Secrets(file).of("product")).isEqualTo(made);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
    }

    /** Scenario: the machine stops while a password is added. Expected outcome: the others are not lost with it. */
    @Test
    void fileIsReplaced_neverEmptied() throws Exception {
        Path file = folder.resolve("secrets.properties");
        Secrets secrets = new Secrets(file);
        secrets.of("product");
        Path before = Files.createLink(folder.resolve("what was there"), file);
        String kept = Files.readString(before);
        Files.writeString(folder.resolve("secrets.properties.unfinished"), "of a start that was killed");

        secrets.of("orders");

        assertThat(before).hasContent(kept);
        assertThat(new Secrets(file).of("orders")).isEqualTo(secrets.of("orders"));
        assertThat(folder).isDirectoryNotContaining("glob:**.unfinished");
    }
}
