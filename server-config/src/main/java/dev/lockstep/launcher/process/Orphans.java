package dev.lockstep.launcher.process;

import dev.lockstep.launcher.console.StartException;
import dev.lockstep.launcher.console.Steps;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;

/** Programs that a killed launcher left, or that are just ending after it; known by words of their command lines. */
public final class Orphans {

    private static final Duration PATIENCE = Duration.ofSeconds(15);
    private static final Duration PATIENCE_AFTER_KILL = Duration.ofSeconds(5);

    /** In which Java gives a program its words. */
    private static final Charset OF_THE_SYSTEM = Charset.forName(System.getProperty("sun.jnu.encoding"));

    /** What ends a word in {@code /proc/‹process id›/cmdline}. */
    private static final String END = "\0";

    private Orphans() {}

    /**
     * Ends such programs, and waits for their end.
     *
     * @param name what to call them
     * @param words what only their command lines have, such as their data folder
     * @param stop asks one of them to stop
     * @param steps where it is told
     * @throws StartException if one does not end, or the wait is interrupted
     */
    public static void end(String name, List<String> words, Consumer<ProcessHandle> stop, Steps steps) {
        List<ProcessHandle> orphans = ProcessHandle.allProcesses()
                .filter(process -> isOf(process, words))
                .toList();
        for (ProcessHandle orphan : orphans) {
            steps.say("Ending " + name + " of an earlier launcher, process id " + orphan.pid());
            stop.accept(orphan);
        }
        if (!haveEnded(orphans, PATIENCE)) {
            orphans.forEach(ProcessHandle::destroyForcibly);
            if (!haveEnded(orphans, PATIENCE_AFTER_KILL)) {
                throw new StartException(
                        name + " of an earlier launcher does not end, although it was killed: process id "
                                + orphans.stream().map(ProcessHandle::pid).toList());
            }
        }
    }

    /**
     * Tells whether a process is such a program.
     *
     * @param process the process
     * @param words what only their command lines have
     * @return whether its command line has these words one after the other, each as a whole
     */
    public static boolean isOf(ProcessHandle process, List<String> words) {
        String mark = END + String.join(END, words) + END;
        return commandLine(process)
                .filter(line -> (END + line + END).contains(mark))
                .isPresent();
    }

    /** Its words, each with an end; from the kernel, since a space in what Java tells may also be a part of a word. */
    private static Optional<String> commandLine(ProcessHandle process) {
        try {
            byte[] line = Files.readAllBytes(Path.of("/proc", Long.toString(process.pid()), "cmdline"));
            return Optional.of(new String(line, OF_THE_SYSTEM));
        } catch (IOException e) {
            // It has ended, or this system has no such files.
            return process.info().commandLine().map(line -> line.replace(" ", END));
        }
    }

    private static boolean haveEnded(List<ProcessHandle> orphans, Duration patience) {
        try {
            CompletableFuture.allOf(orphans.stream().map(ProcessHandle::onExit).toArray(CompletableFuture[]::new))
                    .get(patience.toMillis(), TimeUnit.MILLISECONDS);
            return true;
        } catch (TimeoutException e) {
            return false;
        } catch (ExecutionException e) {
            throw new StartException("Cannot wait for the programs of an earlier launcher", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StartException("The start was interrupted", e);
        }
    }
}
