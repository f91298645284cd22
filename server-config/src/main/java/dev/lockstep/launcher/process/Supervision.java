package dev.lockstep.launcher.process;

import dev.lockstep.launcher.console.StartException;
import dev.lockstep.launcher.console.Steps;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/** All programs of a server; they are stopped in the reverse order of their start. */
public final class Supervision {

    /** For the last one started, which uses the others. */
    private static final Duration PATIENCE_WITH_LAST = Duration.ofSeconds(5);

    /** For all the others together; both make a stop end within ten seconds. */
    private static final Duration PATIENCE_WITH_OTHERS = Duration.ofSeconds(4);

    private final Steps steps;
    private final Deque<Guardian> guardians = new ArrayDeque<>();
    private boolean isStopping;

    /**
     * Nothing runs yet.
     *
     * @param steps where deaths and restarts are told
     */
    public Supervision(Steps steps) {
        this.steps = steps;
    }

    /**
     * Starts a program and waits until it is ready.
     *
     * @param program the program
     * @throws StartException if it does not get ready, or everything is being stopped
     */
    public void start(Supervised program) {
        Guardian guardian = new Guardian(program, steps);
        synchronized (this) {
            if (isStopping) {
                throw new StartException("The start was interrupted");
            }
            guardians.push(guardian);
        }
        guardian.start();
    }

    /** {@return whether everything is being stopped, or was} */
    public synchronized boolean isStopping() {
        return isStopping;
    }

    /**
     * Stops everything, the last one started before the others; returns when no process is left.
     *
     * @param beforehand is run first if there is anything to stop
     */
    public void stop(Runnable beforehand) {
        List<Guardian> running;
        synchronized (this) {
            isStopping = true;
            running = List.copyOf(guardians);
            guardians.clear();
        }
        if (running.isEmpty()) {
            return;
        }
        beforehand.run();
        Guardian last = running.get(0);
        last.requestStop();
        last.awaitEnd(PATIENCE_WITH_LAST);
        List<Guardian> others = running.subList(1, running.size());
        others.forEach(Guardian::requestStop);
        long deadline = System.nanoTime() + PATIENCE_WITH_OTHERS.toNanos();
        others.forEach(guardian -> guardian.awaitEnd(Duration.ofNanos(Math.max(0, deadline - System.nanoTime()))));
    }
}
