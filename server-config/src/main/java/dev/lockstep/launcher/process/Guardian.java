package dev.lockstep.launcher.process;

import dev.lockstep.launcher.console.Reason;
import dev.lockstep.launcher.console.StartException;
import dev.lockstep.launcher.console.Steps;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
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

    private static final Logger LOG = System.getLogger(Guardian.class.getName());

    private static final Duration POLL = Duration.ofMillis(100);

    /** Asked so often whether it answers. */
    private static final Duration LOOK = Duration.ofSeconds(5);

    /** Without an answer for so many times as long, thirty seconds, it is killed. */
    private static final int PATIENCE_IN_LOOKS = 6;

    /** But it must have been asked: a launcher that was itself stopped for a minute has heard nothing either. */
    private static final int LEAST_LOOKS = 3;

    /** So often the very first start is tried, if it fails by chance. */
    private static final int FIRST_STARTS = 3;

    /**
     * The end of one process.
     *
     * @param wasReady whether it had been ready
     * @param how what to tell of it
     */
    private record Death(boolean wasReady, String how) {}

    private final Supervised program;
    private final Steps steps;
    private final Duration look;
    private final Backoff backoff = new Backoff();
    private final CountDownLatch stopRequested = new CountDownLatch(1);
    private final CompletableFuture<Void> firstReady = new CompletableFuture<>();
    private final Thread thread;
    private Process process;
    private int starts;

    /**
     * Watches nothing yet.
     *
     * @param program the program
     * @param steps where deaths and restarts are told
     */
    Guardian(Supervised program, Steps steps) {
        this(program, steps, LOOK);
    }

    /**
     * The same, less or more patient.
     *
     * @param look after so long it is asked again whether it answers
     */
    Guardian(Supervised program, Steps steps, Duration look) {
        this.program = program;
        this.steps = steps;
        this.look = look;
        this.thread = new Thread(this::guard, "guardian of " + program.name());
        thread.setDaemon(true);
    }

    /**
     * Starts the program and waits until it is ready.
     *
     * @throws StartException if it does not get ready; then it is not running, or is being stopped
     */
    void start() {
        begin();
        awaitReady();
    }

    /** Starts the program; returns at once. */
    void begin() {
        thread.start();
    }

    /**
     * Waits until the program is ready for the first time.
     *
     * @throws StartException if it does not get ready; then it is not running, or is being stopped
     */
    void awaitReady() {
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
                wait = backoff.afterDeath(death.wasReady(), Duration.ofNanos(System.nanoTime()));
                if (!isStopping()) {
                    String when = wait.isZero() ? "at once" : "in " + wait.toMillis() + " ms";
                    steps.say(program.name() + " " + death.how() + "; starting it again " + when + " (its log: "
                            + program.log() + ")");
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            // However this thread ends, nobody waits for it in vain.
            firstReady.completeExceptionally(new StartException("The start was interrupted"));
        }
    }

    /** Runs the program to its end, which it tells; if its very first start fails, there is no other, unless it failed by chance. */
    private Death live() throws InterruptedException {
        starts++;
        try {
            Process started = launch();
            Optional<String> failure = awaitReady(started);
            if (failure.isPresent()) {
                throw new StartException(failure.get());
            }
            if (!firstReady.complete(null)) {
                steps.say(program.name() + " is back");
            }
            return new Death(true, awaitDeath(started));
        } catch (StartException e) {
            return failed("did not start: ", e);
        } catch (RuntimeException | Error e) {
            // A fault of the launcher's own. A program that nobody watches any more would be worse.
            return failed("was ended: ", new StartException("the launcher failed by " + e, e));
        }
    }

    private Death failed(String how, StartException why) throws InterruptedException {
        if (!isStopping()) {
            kill(current());
        }
        boolean isTriedAgain = starts < FIRST_STARTS && program.hasFailedByChance();
        if (!isTriedAgain && firstReady.completeExceptionally(why)) {
            stopRequested.countDown();
        }
        return new Death(false, how + why.getMessage());
    }

    /** Waits for the end of a program that was ready; one that answers nothing any more is killed. */
    private String awaitDeath(Process ready) throws InterruptedException {
        long lastAnswer = System.nanoTime();
        int looksWithoutAnswer = 0;
        while (!ready.waitFor(look.toMillis(), TimeUnit.MILLISECONDS)) {
            boundLog();
            if (program.answers()) {
                lastAnswer = System.nanoTime();
                looksWithoutAnswer = 0;
                continue;
            }
            looksWithoutAnswer++;
            Duration silence = Duration.ofNanos(System.nanoTime() - lastAnswer);
            boolean isTooLong = silence.compareTo(look.multipliedBy(PATIENCE_IN_LOOKS)) >= 0;
            if (isTooLong && looksWithoutAnswer >= LEAST_LOOKS && !isStopping()) {
                kill(ready);
                return "answered nothing for " + silence.toSeconds() + " s and was killed";
            }
        }
        return "ended with code " + ready.exitValue();
    }

    private static void kill(Process process) throws InterruptedException {
        if (process != null) {
            process.destroyForcibly().waitFor();
        }
    }

    /** Waits for readiness; tells why it will not come. */
    private Optional<String> awaitReady(Process started) throws InterruptedException {
        long deadline = System.nanoTime() + program.startLimit().toNanos();
        while (!stopRequested.await(POLL.toMillis(), TimeUnit.MILLISECONDS)) {
            boundLog();
            if (program.isReady()) {
                return Optional.empty();
            }
            Optional<String> failure = program.failure();
            if (failure.isEmpty() && !started.isAlive()) {
                failure = Optional.of(
                        program.name() + " ended with code " + started.exitValue() + "; its log: " + program.log());
            }
            if (failure.isEmpty() && System.nanoTime() > deadline) {
                if (firstReady.isDone() && program.answers()) {
                    // It waits for others, a database without room on its disk, say: to kill it would only add to the
                    // damage.
                    deadline = System.nanoTime() + program.startLimit().toNanos();
                    continue;
                }
                failure = Optional.of(program.name() + " was not ready after "
                        + program.startLimit().toSeconds()
                        + " s; if this machine is busy, start again when it is less so; its log: " + program.log());
            }
            if (failure.isPresent()) {
                return failure;
            }
        }
        return Optional.of("the start was interrupted");
    }

    /** A log that cannot be bounded now, on a full disk say, is no reason to leave the program alone. */
    private void boundLog() {
        try {
            new LogFile(program.log()).bound();
        } catch (IOException e) {
            LOG.log(Level.DEBUG, "The log " + program.log() + " stays as long as it is", e);
        }
    }

    private synchronized Process launch() {
        if (isStopping()) {
            throw new StartException("it is being stopped");
        }
        try {
            new LogFile(program.log()).begin();
            process = program.command()
                    .redirectErrorStream(true)
                    .redirectOutput(Redirect.appendTo(program.log().toFile()))
                    .start();
            process.getOutputStream().close();
            return process;
        } catch (IOException e) {
            throw new StartException("Cannot start " + program.name() + ": " + Reason.of(e), e);
        }
    }

    private synchronized Process current() {
        return process;
    }

    private boolean isStopping() {
        return stopRequested.getCount() == 0;
    }
}
