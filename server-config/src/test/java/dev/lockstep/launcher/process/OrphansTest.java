package dev.lockstep.launcher.process;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.launcher.console.Steps;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** With real processes whose command lines are much alike. */
class OrphansTest {

    /** Of this run alone. */
    private final String data = "/data/" + UUID.randomUUID() + "/größe";

    private final List<Process> processes = new ArrayList<>();

    @AfterEach
    void killAll() {
        processes.forEach(Process::destroyForcibly);
    }

    @Test
    void folderIsKnownAsAWhole_notByItsBeginning() throws Exception {
        Process own = runningOn("-D", data);
        List<Process> others = List.of(
                runningOn("-D", data + "2"),
                runningOn("-D", data + " of another"),
                runningOn("-D", data + "/nested"),
                runningOn("-X-D", data),
                runningOn("-D " + data));
        PrintStream out = new PrintStream(new ByteArrayOutputStream(), true, StandardCharsets.UTF_8);

        Orphans.end("It", List.of("-D", data), ProcessHandle::destroy, new Steps(out, Clock.systemUTC()));

        assertThat(own.isAlive()).isFalse();
        assertThat(others).allMatch(Process::isAlive);
    }

    /** Runs until it is ended; the words are only there to be seen. */
    private Process runningOn(String... words) throws Exception {
        List<String> command = new ArrayList<>(List.of("sh", "-c", "echo runs; read line", "sh"));
        command.addAll(List.of(words));
        Process process = new ProcessBuilder(command).start();
        processes.add(process);
        assertThat(process.inputReader(StandardCharsets.UTF_8).readLine()).isEqualTo("runs");
        return process;
    }
}
