package dev.lockstep.launcher.start;

import dev.lockstep.launcher.console.StartException;
import dev.lockstep.launcher.console.Steps;
import dev.lockstep.launcher.process.Supervision;
import java.util.concurrent.CountDownLatch;

/** Stays until a signal ends it; then all that was started is stopped. */
public final class Foreground {

    private final Steps steps;
    private final Supervision supervision;

    /**
     * Nothing runs yet.
     *
     * @param steps where the end is told
     * @param supervision of all that the start starts
     */
    public Foreground(Steps steps, Supervision supervision) {
        this.steps = steps;
        this.supervision = supervision;
    }

    /**
     * Starts, and stays. The end comes as a signal.
     *
     * @param start what starts all programs; returns when they serve
     * @throws StartException if the start fails
     */
    public void run(Runnable start) {
        // Registered before anything is started, so that nothing is left running however this ends.
        Runtime.getRuntime().addShutdownHook(new Thread(() -> supervision.stop(() -> steps.say("Stopping")), "stop"));
        try {
            start.run();
        } catch (StartException e) {
            if (!supervision.isStopping()) {
                throw e;
            }
        }
        awaitEnd();
    }

    private static void awaitEnd() {
        try {
            new CountDownLatch(1).await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
