package dev.lockstep.launcher.process;

import dev.lockstep.launcher.console.StartException;
import dev.lockstep.launcher.console.Steps;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;

/** Programs that a killed launcher left, or that are just ending after it; known by a word of their command lines. */
public final class Orphans {

    private static final Duration PATIENCE = Duration.ofSeconds(15);

    private Orphans() {}

    /**
     * Ends such programs, and waits for their end.
     *
     * @param name what to call them
     * @param word what only their command lines have, such as their data folder
     * @param stop asks one of them to stop
     * @param steps where it is told
     * @throws StartException if the wait is interrupted
     */
    public static void end(String name, String word, Consumer<ProcessHandle> stop, Steps steps) {
        List<ProcessHandle> orphans = ProcessHandle.allProcesses()
                .filter(process -> isOf(process, word))
                .toList();
        for (ProcessHandle orphan : orphans) {
            steps.say("Ending " + name + " of an earlier launcher, process id " + orphan.pid());
            stop.accept(orphan);
        }
        try {
            awaitEnd(orphans);
        } catch (TimeoutException e) {
            orphans.forEach(ProcessHandle::destroyForcibly);
        }
    }

    /**
     * Tells whether a process is such a program.
     *
     * @param process the process
     * @param word what only their command lines have
     * @return whether its command line has the word
     */
    public static boolean isOf(ProcessHandle process, String word) {
        return process.info().commandLine().filter(line -> line.contains(word)).isPresent();
    }

    private static void awaitEnd(List<ProcessHandle> orphans) throws TimeoutException {
        try {
            CompletableFuture.allOf(orphans.stream().map(ProcessHandle::onExit).toArray(CompletableFuture[]::new))
                    .get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            throw new StartException("Cannot wait for the programs of an earlier launcher", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StartException("The start was interrupted", e);
        }
    }
}
