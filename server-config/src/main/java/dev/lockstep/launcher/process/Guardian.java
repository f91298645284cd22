package dev.lockstep.launcher.process;

import dev.lockstep.launcher.console.Reason;
import dev.lockstep.launcher.console.StartException;
import dev.lockstep.launcher.console.Steps;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Keeps one program running: starts it, tells when it is ready, starts it again when it dies, until it is stopped. Its
 * thread starts all the program's processes and lives as long as the program may, since {@link Isolation} ties the
 * processes to it.
 */
public final class Guardian {

    private static final Duration POLL = Duration.ofMillis(100);

    /**
     * The end of one process.
     *
     * @param wasReady whether it had been ready
     * @param how what to tell of it
     */
    private record Death(boolean wasReady, String how) {}

    private final Supervised program;
    private final Steps steps;
    private final Backoff backoff = new Backoff();
    private final CountDownLatch stopRequested = new CountDownLatch(1);
    private final CompletableFuture<Void> firstReady = new CompletableFuture<>();
    private final Thread thread;
    private Process process;

    /**
     * Watches nothing yet.
     *
     * @param program the program
     * @param steps where deaths and restarts are told
     */
    Guardian(Supervised program, Steps steps) {
        this.program = program;
        this.steps = steps;
        this.thread = new Thread(this::guard, "guardian of " + program.name());
        thread.setDaemon(true);
    }

    /**
     * Starts the program and waits until it is ready.
     *
     * @throws StartException if it does not get ready; then it is not running, or is being stopped
     */
    void start() {
        thread.start();
        try {
            firstReady.join();
        } catch (CompletionException e) {
            throw new StartException(e.getCause().getMessage(), e);
        }
    }

    /** Asks the program to stop, for good; returns at once. */
    synchronized void requestStop() {
        stopRequested.countDown();
        if (process != null && process.isAlive()) {
            program.requestStop(process);
        }
    }

    /**
     * Waits for the end of the program, which was asked to stop.
     *
     * @param patience after this it is killed
     */
    void awaitEnd(Duration patience) {
        try {
            Process last = current();
            if (last != null && !last.waitFor(patience.toMillis(), TimeUnit.MILLISECONDS)) {
                steps.say(program.name() + " did not stop within " + patience.toSeconds() + " s and is killed");
                last.destroyForcibly().waitFor();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void guard() {
        try {
            Duration wait = Duration.ZERO;
            while (!stopRequested.await(wait.toMillis(), TimeUnit.MILLISECONDS)) {
                Death death = live();
                wait = backoff.afterDeath(death.wasReady());
                if (!isStopping()) {
                    String when = wait.isZero() ? "at once" : "in " + wait.toMillis() + " ms";
                    steps.say(program.name() + " " + death.how() + "; starting it again " + when + " (its log: "
                            + program.log() + ")");
                }
            }
            firstReady.completeExceptionally(new StartException("The start was interrupted"));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Runs the program to its end, which it tells; if its very first start fails, there is no other. */
    private Death live() throws InterruptedException {
        try {
            Process started = launch();
            Optional<String> failure = awaitReady(started);
            if (failure.isPresent()) {
                throw new StartException(failure.get());
            }
            if (!firstReady.complete(null)) {
                steps.say(program.name() + " is back");
            }
            return new Death(true, "ended with code " + started.waitFor());
        } catch (StartException e) {
            if (firstReady.completeExceptionally(e)) {
                stopRequested.countDown();
            }
            return new Death(false, "did not start: " + e.getMessage());
        }
    }

    /** Waits for readiness; a program that fails to get ready but still runs is killed. */
    private Optional<String> awaitReady(Process started) throws InterruptedException {
        long deadline = System.nanoTime() + program.startLimit().toNanos();
        while (!stopRequested.await(POLL.toMillis(), TimeUnit.MILLISECONDS)) {
            if (program.isReady()) {
                return Optional.empty();
            }
            Optional<String> failure = program.failure();
            if (failure.isEmpty() && !started.isAlive()) {
                failure = Optional.of(
                        program.name() + " ended with code " + started.exitValue() + "; its log: " + program.log());
            }
            if (failure.isEmpty() && System.nanoTime() > deadline) {
                failure = Optional.of(program.name() + " was not ready after "
                        + program.startLimit().toSeconds() + " s; its log: " + program.log());
            }
            if (failure.isPresent()) {
                started.destroyForcibly().waitFor();
                return failure;
            }
        }
        return Optional.of("the start was interrupted");
    }

    private synchronized Process launch() {
        if (isStopping()) {
            throw new StartException("it is being stopped");
        }
        try {
            keepPreviousLog(program.log());
            process = program.command()
                    .redirectErrorStream(true)
                    .redirectOutput(Redirect.to(program.log().toFile()))
                    .start();
            process.getOutputStream().close();
            return process;
        } catch (IOException e) {
            throw new StartException("Cannot start " + program.name() + ": " + Reason.of(e), e);
        }
    }

    private static void keepPreviousLog(Path log) throws IOException {
        if (Files.exists(log)) {
            Files.move(log, log.resolveSibling(log.getFileName() + ".1"), StandardCopyOption.REPLACE_EXISTING);
        }
    }

    private synchronized Process current() {
        return process;
    }

    private boolean isStopping() {
        return stopRequested.getCount() == 0;
    }
}
