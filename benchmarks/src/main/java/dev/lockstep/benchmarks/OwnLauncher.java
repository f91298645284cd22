package dev.lockstep.benchmarks;

import dev.lockstep.launcher.process.Isolation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** A server as its users start it, {@code java -jar lockstep.jar}: boot commands, tables and archives are those of its own version. */
final class OwnLauncher {

    private static final Duration START_LIMIT = Duration.ofMinutes(3);
    private static final Duration STOP_LIMIT = Duration.ofSeconds(20);
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(50);

    private final Process process;
    private final Path output;

    private OwnLauncher(Process process, Path output) {
        this.process = process;
        this.output = output;
    }

    /**
     * Starts one; returns when it takes orders.
     *
     * @param distribution the folder that its build made
     * @param settings its environment, beside that of this process but for Lockstep's variables
     * @param output the file for what it says
     */
    static OwnLauncher start(Path distribution, Map<String, String> settings, Path output) throws IOException {
        List<String> command = new ArrayList<>(Isolation.tiedToLauncher("TERM"));
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("-jar", distribution.resolve("lockstep.jar").toString()));
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output.toFile());
        builder.environment().keySet().removeIf(name -> name.startsWith("LOCKSTEP_"));
        builder.environment().putAll(settings);
        OwnLauncher launcher = new OwnLauncher(builder.start(), output);
        Runtime.getRuntime().addShutdownHook(new Thread(launcher::stop, "stop"));
        launcher.awaitReady();
        return launcher;
    }

    private void awaitReady() throws IOException {
        long begin = System.nanoTime();
        while (!Files.readString(output).contains("Ready: ")) {
            if (!process.isAlive() || System.nanoTime() - begin > START_LIMIT.toNanos()) {
                stop();
                throw new IllegalStateException("The server is not ready after at most " + START_LIMIT.toSeconds()
                        + " s; its launcher said:\n" + Files.readString(output));
            }
            LockSupport.parkNanos(BETWEEN_LOOKS.toNanos());
        }
    }

    /** Returns when its processes have ended, or are killed. */
    void stop() {
        List<ProcessHandle> children = process.descendants().toList();
        process.destroy();
        try {
            if (!process.waitFor(STOP_LIMIT.toSeconds(), TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        children.forEach(ProcessHandle::destroyForcibly);
    }
}
