package dev.lockstep.tests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Explores every state of the commit protocol's model, {@code src/test/promela/commit-protocol.pml}, with Spin, and shows that the
 * check notices each mistake that the model knows to make. Skipped where {@code spin} or {@code gcc} is missing.
 */
@Execution(ExecutionMode.CONCURRENT)
class CommitProtocolModelTest {

    private static final System.Logger LOGGER = System.getLogger(CommitProtocolModelTest.class.getName());
    private static final Path MODEL =
            Path.of("src/test/promela/commit-protocol.pml").toAbsolutePath();
    private static final Path FOLDER = Path.of("target/commit-protocol").toAbsolutePath();
    private static final Pattern STATES = Pattern.compile("(\\d+) states, stored");
    private static final Pattern SECONDS = Pattern.compile("elapsed time ([0-9.]+) seconds");

    private static final String HOW_TO_GET_SPIN =
            "The commit protocol's model is not checked, spin or gcc is missing: apt-get install spin gcc";

    /** What 1.5 million states are for the whole model; one that lost a process or its faults has far fewer. */
    private static final long FEWEST_STATES = 1_000_000;

    @BeforeEach
    void toolsAreInstalled() {
        boolean installed = isOnPath("spin") && isOnPath("gcc");
        if (!installed) {
            LOGGER.log(System.Logger.Level.WARNING, HOW_TO_GET_SPIN);
        }
        assumeTrue(installed, HOW_TO_GET_SPIN);
    }

    @Test
    void nothingSplitsAndNoAnswerIsUndone() throws Exception {
        assertExploredWithoutError("safety", explore("safety", ""));
    }

    @Test
    void nothingStaysPreparedOnceAllIsCalm() throws Exception {
        assertExploredWithoutError("settles", explore("settles", ""));
    }

    @ParameterizedTest
    @CsvSource({
        "safety, READS_SWAPPED, assertion violated",
        "safety, EAGER_FORGETTING, assertion violated",
        "safety, LOOK_SWAPPED, assertion violated",
        "safety, STALE_SCAN, assertion violated",
        "safety, FORGET_UNREAD, assertion violated",
        "safety, FOLLOWERS_FIRST, assertion violated",
        "settles, LOCK_ALONE, acceptance cycle",
        "settles, ONLY_UNKNOWN, acceptance cycle"
    })
    void brokenRule_isFound(String check, String variant, String error) throws Exception {
        assertThat(explore(check, variant)).as(variant).contains("errors: 1").contains(error);
    }

    private static void assertExploredWithoutError(String check, String output) {
        assertThat(output)
                .contains("errors: 0")
                .contains("Full statespace search")
                .doesNotContain("max search depth too small")
                .doesNotContain("Search not completed")
                .doesNotContain("out of memory");
        long states = Long.parseLong(first(STATES, output));
        assertThat(states).as(output).isGreaterThan(FEWEST_STATES);
        LOGGER.log(
                System.Logger.Level.INFO,
                "commit protocol, {0}: {1} states, {2} s, no error",
                check,
                states,
                first(SECONDS, output));
    }

    /** Makes the verifier of a variant ("": the protocol as it is), runs it in a folder of its own and returns what it prints. */
    private static String explore(String check, String variant) throws IOException, InterruptedException {
        boolean safety = check.equals("safety");
        Path folder = Files.createDirectories(FOLDER.resolve(variant.isEmpty() ? check : check + "-" + variant));
        List<String> spin = new ArrayList<>(List.of("spin", "-a"));
        if (!variant.isEmpty()) {
            spin.add("-D" + variant);
        }
        spin.add(MODEL.toString());
        run(folder, spin);
        List<String> gcc = new ArrayList<>(List.of("gcc", "-O2", "-w", "-DMEMLIM=2000", "-DNFAIR=3"));
        gcc.addAll(safety ? List.of("-DSAFETY", "-DNOCLAIM") : List.of());
        gcc.addAll(List.of("-o", "pan", "pan.c"));
        run(folder, gcc);
        List<String> pan = new ArrayList<>(List.of(folder.resolve("pan").toString(), "-m1000000"));
        pan.addAll(safety ? List.of() : List.of("-a", "-f"));
        return run(folder, pan);
    }

    private static String run(Path folder, List<String> command) throws IOException, InterruptedException {
        Path output = folder.resolve(Path.of(command.get(0)).getFileName() + ".out");
        Process process = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        boolean ended = process.waitFor(5, TimeUnit.MINUTES);
        process.destroyForcibly();
        String printed = Files.readString(output);
        assertThat(ended).as("%s ends within 5 minutes: %s", command, printed).isTrue();
        assertThat(process.exitValue()).as("%s: %s", command, printed).isZero();
        return printed;
    }

    private static String first(Pattern pattern, String output) {
        Matcher matcher = pattern.matcher(output);
        assertThat(matcher.find()).as("%s in %s", pattern, output).isTrue();
        return matcher.group(1);
    }

    private static boolean isOnPath(String program) {
        return Pattern.compile(File.pathSeparator, Pattern.LITERAL)
                .splitAsStream(System.getenv().getOrDefault("PATH", ""))
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, program)));
    }
}
