package dev.lockstep.models;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/** The programs that explore a model. They are the machine's, and it may have none. */
final class Spin {

    static final String HOW_TO_GET_IT =
            "The models are not explored, spin or gcc is missing: apt-get install spin gcc libc6-dev";

    /** Names the tools without which a run of the tests fails; {@code .ci/run} sets it where it can install them. */
    static final String MUST_HAVE = "TESTS_MUST_HAVE";

    private static final long LIMIT_MINUTES = 20;

    private Spin() {}

    /** Whether all is there; fails where something is missing that must be. */
    static boolean isInstalled(Map<String, String> environment) {
        if (isOnPath("spin", environment) && isOnPath("gcc", environment)) {
            return true;
        }
        // A test that is always skipped shows nothing, so where the programs can be installed they have to be there.
        String mustHave = environment.getOrDefault(MUST_HAVE, "");
        assertThat(mustHave.split(",", -1))
                .as("%s; it must be here, says %s=%s", HOW_TO_GET_IT, MUST_HAVE, mustHave)
                .doesNotContain("spin");
        return false;
    }

    /** Returns what the program prints, which hears these of the environment beside the rest. */
    static String run(Path folder, List<String> command, Map<String, String> environment)
            throws IOException, InterruptedException {
        Path output = folder.resolve(Path.of(command.get(0)).getFileName() + ".out");
        ProcessBuilder program = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile());
        program.environment().putAll(environment);
        Process process = program.start();
        boolean ended = process.waitFor(LIMIT_MINUTES, TimeUnit.MINUTES);
        process.destroyForcibly();
        String printed = Files.readString(output);
        assertThat(ended)
                .as("%s ends within %d minutes: %s", command, LIMIT_MINUTES, printed)
                .isTrue();
        assertThat(process.exitValue()).as("%s: %s", command, printed).isZero();
        return printed;
    }

    private static boolean isOnPath(String program, Map<String, String> environment) {
        return Pattern.compile(File.pathSeparator, Pattern.LITERAL)
                .splitAsStream(environment.getOrDefault("PATH", ""))
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, program)));
    }
}
