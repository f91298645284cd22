package dev.lockstep.tests;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What tests start outlives no build, whatever becomes of it. */
class LauncherProcessIT {

    private static final Duration LIMIT = Duration.ofSeconds(30);

    /** A JVM of tests, which starts a launcher and then does nothing. */
    static final class TestJvm {

        private TestJvm() {}

        /** The argument is the launcher's data folder. */
        public static void main(String[] data) throws IOException {
            LauncherProcess.start(LauncherProcess.settings(Path.of(data[0])));
            System.in.read();
        }
    }

    /** Scenario: a build is killed. Expected outcome: the launcher stops, and with it all that it has started. */
    @Test
    void killedTestJvm_takesItsLauncherAlong(@TempDir Path data) throws Exception {
        PreparedFolder.linkProgramsInto(data);
        Process jvm = new ProcessBuilder(List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        "-Dlockstep.distribution=" + TestFolders.distribution(),
                        "-Dlockstep.tests.folder=" + TestFolders.target(),
                        TestJvm.class.getName(),
                        data.toString()))
                .inheritIO()
                .redirectInput(ProcessBuilder.Redirect.PIPE)
                .start();
        List<ProcessHandle> started = new ArrayList<>();
        try {
            LauncherProcess.await(
                    LIMIT, "the launcher's start", () -> launcherOf(jvm).isPresent());
        } finally {
            launcherOf(jvm).ifPresent(started::add);
            jvm.destroyForcibly();
        }
        try {
            assertThat(started).singleElement().satisfies(launcher -> assertThat(launcher.onExit())
                    .succeedsWithin(LIMIT));
        } finally {
            started.forEach(ProcessHandle::destroy);
        }
    }

    private static Optional<ProcessHandle> launcherOf(Process jvm) {
        return jvm.children()
                .filter(child -> child.info().command().orElse("").endsWith("/java")) // before that it is not tied yet
                .filter(child -> child.info().commandLine().orElse("").contains("lockstep.jar"))
                .findFirst();
    }
}
