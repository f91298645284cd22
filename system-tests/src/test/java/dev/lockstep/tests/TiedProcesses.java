package dev.lockstep.tests;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** Starts processes that are tied to this JVM: they end with it, even if it is killed. */
public final class TiedProcesses {

    /** What is tied is tied to the thread that starts it, and this one lives as long as the JVM. */
    private static final ExecutorService STARTER = Executors.newSingleThreadExecutor(task -> {
        Thread thread = new Thread(task, "starter of processes");
        thread.setDaemon(true);
        return thread;
    });

    private TiedProcesses() {}

    /** Starts a command whose first words tie it. */
    public static Process start(ProcessBuilder command) {
        return CompletableFuture.supplyAsync(() -> startHere(command), STARTER).join();
    }

    private static Process startHere(ProcessBuilder command) {
        try {
            return command.start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
