package dev.lockstep.tests.killmatrix;

import dev.lockstep.tests.TiedProcesses;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** A process of the system under test, to be killed, stopped and told to quit. */
public final class ChildProcess {

    private final Process process;

    private ChildProcess(Process process) {
        this.process = process;
    }

    /** Starts a command; what it prints is added to the log. */
    public static ChildProcess start(ProcessBuilder command, Path log) {
        command.redirectErrorStream(true).redirectOutput(Redirect.appendTo(log.toFile()));
        return new ChildProcess(TiedProcesses.start(command));
    }

    /** Whether it runs. */
    public boolean isAlive() {
        return process.isAlive();
    }

    /** SIGKILL, for it and all it has started; returns when none is left. */
    public void kill() {
        List<ProcessHandle> all = Stream.concat(Stream.of(process.toHandle()), process.descendants())
                .toList();
        // As little time as possible between them: a power cut does not go round.
        all.forEach(ProcessHandle::destroyForcibly);
        awaitEnd(all);
    }

    /** Sends a signal, and returns at once. */
    public void signal(String name) {
        try {
            int code = new ProcessBuilder("kill", "-" + name, Long.toString(process.pid()))
                    .start()
                    .waitFor();
            if (code != 0) {
                throw new IllegalStateException(
                        "kill -" + name + " of process " + process.pid() + " ended with " + code);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** Sends a signal that ends it; returns when it and all it has started are gone. */
    void end(String signal) {
        List<ProcessHandle> all = Stream.concat(Stream.of(process.toHandle()), process.descendants())
                .toList();
        signal(signal);
        awaitEnd(all);
    }

    private static void awaitEnd(List<ProcessHandle> all) {
        all.forEach(one -> one.onExit().join());
    }
}
