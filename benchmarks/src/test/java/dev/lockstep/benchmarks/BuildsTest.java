package dev.lockstep.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BuildsTest {

    @TempDir
    Path folder;

    @Test
    void otherVersion_isTheFolderThatIsNamed() throws IOException {
        for (String name : List.of("lockstep.jar", "lib", "payara-micro.jar", "participant.jar", "lockstep.asadmin")) {
            Files.createFile(folder.resolve(name));
        }
        assertThat(Builds.from(Map.of("lockstep.home", "mine", "other", folder.toString()))
                        .other())
                .isEqualTo(folder);
    }

    @Test
    void otherVersion_isToldWhatItLacks() throws IOException {
        Files.createFile(folder.resolve("lockstep.jar"));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Builds.from(Map.of("lockstep.home", "mine", "other", folder.toString()))
                        .other())
                .withMessage("-Dother=" + folder
                        + " must be server-config/target/lockstep of another version, as mvn package"
                        + " makes it; it lacks lib, payara-micro.jar, participant.jar, lockstep.asadmin");
    }

    @Test
    void otherVersion_isAskedFor() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Builds.from(Map.of("lockstep.home", "mine")).other())
                .withMessageStartingWith("-Dcompare=versions needs -Dother=");
    }
}
