package dev.lockstep.tests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.lockstep.tests.DocsPage.Block;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/** Every step of docs/write-your-own.md, typed as it stands there but for the ports, with what it should answer. */
@TestInstance(Lifecycle.PER_CLASS)
@EnabledIfSystemProperty(
        named = "lockstep.write-your-own",
        matches = "true",
        disabledReason = "mvn verify -Pwrite-your-own")
class WriteYourOwnIT {

    private static final Duration LIMIT = Duration.ofMinutes(4);
    private static final String LAUNCH = "\njava -jar ";
    private static final List<String> PORTS = List.of("8080", "8081", "8082", "8490", "8491", "8492");

    @TempDir
    static Path home;

    private final Map<String, String> ports = new TreeMap<>();
    private List<Block> blocks;
    private int launch;
    private Process launcher;
    private Path log;

    @BeforeAll
    void writeBuildAndStart() throws Exception {
        assumeTrue(ReaderOfDocs.has("curl"), "The page's commands are not tried, there is no curl");
        PORTS.forEach(port -> ports.put(port, Integer.toString(FreePorts.one())));
        blocks = DocsPage.of("write-your-own.md").blocks();
        launch = blocks.indexOf(blocks.stream()
                .filter(block -> block.isCommands() && block.text().contains(LAUNCH))
                .findFirst()
                .orElseThrow());
        List<String> writing = new ArrayList<>(blocks.subList(0, launch + 1).stream()
                .filter(Block::isCommands)
                .map(Block::text)
                .toList());
        writing.remove(0); // to build Lockstep is this build's work
        String script = String.join("\n", writing);
        int start = script.indexOf(LAUNCH);
        answer(maven() + script.substring(0, start));

        Path data = Files.createDirectory(home.resolve("data"));
        PreparedFolder.linkProgramsInto(data);
        log = home.resolve("launcher.log");
        launcher = ReaderOfDocs.type(
                "cd ~/travel\nexec " + portsOf(script.substring(start + 1)), home, log, environment());
        LauncherProcess.await(
                LIMIT, "three servers", () -> !launcher.isAlive() || text(log).contains("Ready"));
        assertThat(launcher.isAlive()).as(() -> text(log)).isTrue();
    }

    @AfterAll
    void stop() throws Exception {
        if (launcher != null) {
            launcher.destroy();
            assertThat(launcher.waitFor(1, TimeUnit.MINUTES)).isTrue();
        }
    }

    @Test
    void commandsOfThePage_answerWhatItSays() throws Exception {
        List<Block> use = blocks.subList(launch + 1, blocks.size());
        tripWhenWarm(use.get(0).text(), use.get(1).text());
        int answers = 1;
        for (int i = 2; i < use.size(); i++) {
            if (use.get(i).isCommands()) {
                assertThat(use.get(i + 1).language()).isEqualTo("text");
                assertThat(answer(use.get(i).text()))
                        .as(() -> text(log))
                        .isEqualTo(use.get(i + 1).text());
                answers++;
            }
        }
        assertThat(answers).isGreaterThan(3);
    }

    /** On a busy machine the first trip, for which all classes are loaded, may take longer than its scope: then nothing has happened. */
    private void tripWhenWarm(String trip, String expected) {
        LauncherProcess.await(LIMIT, "the first trip", () -> answer(trip).equals(expected));
    }

    /** {@return what the commands write to standard output; they must succeed} */
    private String answer(String commands) {
        Path errors = home.resolve("errors.log");
        try {
            Path output = Files.createTempFile(home, "output", ".log");
            Process typing = ReaderOfDocs.type(
                    "{ " + portsOf(commands) + "\n} 2>>'" + errors + "'", home, output, environment());
            assertThat(typing.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS)).isTrue();
            assertThat(typing.exitValue())
                    .as(() -> commands + text(output) + text(errors))
                    .isZero();
            return text(output);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private Map<String, String> environment() {
        return Map.of(
                "HOME",
                home.toString(),
                "LOCKSTEP",
                TestFolders.distribution().toAbsolutePath().toString(),
                "LOCKSTEP_DATA_DIR",
                home.resolve("data").toString(),
                "JAVA_HOME",
                System.getProperty("java.home"));
    }

    private String portsOf(String commands) {
        String mine = commands;
        for (Map.Entry<String, String> port : ports.entrySet()) {
            mine = mine.replace(port.getKey(), port.getValue());
        }
        return mine;
    }

    /** The reader's Maven is this build's, with its repository, and the network only if this build has it. */
    private static String maven() {
        String program = System.getProperty("lockstep.maven");
        String local = "-Dmaven.repo.local=" + System.getProperty("lockstep.maven.repository");
        String network = System.getProperty("lockstep.maven.network").equals("offline true") ? "--offline" : "";
        return "mvn() { '" + program + "' --batch-mode '" + local + "' " + network + " \"$@\"; }\n";
    }

    private static String text(Path file) {
        try {
            return Files.exists(file) ? Files.readString(file) : "";
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
