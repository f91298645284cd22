package dev.lockstep.launcher.process;

import dev.lockstep.launcher.console.StartException;
import dev.lockstep.launcher.console.Steps;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/** All programs of a server; they are stopped in the reverse order of their start. */
public final class Supervision {

    /** For what was started last, which uses the others. */
    private static final Duration PATIENCE_WITH_LAST = Duration.ofSeconds(5);

    /** For all the others together; both make a stop end within ten seconds. */
    private static final Duration PATIENCE_WITH_OTHERS = Duration.ofSeconds(4);

    private final Steps steps;
    private final Deque<List<Guardian>> guardians = new ArrayDeque<>();
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
        startTogether(List.of(program));
    }

    /**
     * Starts programs at the same time and waits until all are ready. They are stopped at the same time, too.
     *
     * @param programs the programs
     * @throws StartException if one does not get ready, or everything is being stopped
     */
    public void startTogether(List<? extends Supervised> programs) {
        List<Guardian> together =
                programs.stream().map(program -> new Guardian(program, steps)).toList();
        synchronized (this) {
            if (isStopping) {
                throw new StartException("The start was interrupted");
            }
            guardians.push(together);
        }
        together.forEach(Guardian::begin);
        together.forEach(Guardian::awaitReady);
    }

    /** {@return whether everything is being stopped, or was} */
    public synchronized boolean isStopping() {
        return isStopping;
    }

    /**
     * Stops everything, what was started last before the others; returns when no process is left.
     *
     * @param beforehand is run first if there is anything to stop
     */
    public void stop(Runnable beforehand) {
        List<List<Guardian>> running;
        synchronized (this) {
            isStopping = true;
            running = List.copyOf(guardians);
            guardians.clear();
        }
        if (running.isEmpty()) {
            return;
        }
        beforehand.run();
        end(running.get(0), PATIENCE_WITH_LAST);
        end(running.stream().skip(1).flatMap(List::stream).toList(), PATIENCE_WITH_OTHERS);
    }

    private static void end(List<Guardian> together, Duration patience) {
        together.forEach(Guardian::requestStop);
        long deadline = System.nanoTime() + patience.toNanos();
        together.forEach(guardian -> guardian.awaitEnd(Duration.ofNanos(Math.max(0, deadline - System.nanoTime()))));
    }
}
