package dev.lockstep.web.stream;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;

/**
 * A task that goes on to be repeated whatever happens to it: after an exception or an error a timer would not run it again
 * ({@link java.util.concurrent.ScheduledExecutorService}), and nobody would hear of it. A failure is told once, until it goes well again.
 */
public final class Repeated implements Runnable {

    private static final Logger LOG = System.getLogger(Repeated.class.getName());

    private final String what;
    private final Runnable task;
    private volatile boolean isFailing;

    /**
     * A task, not yet run.
     *
     * @param what what it does, for the log, such as {@code The count of the last second}
     * @param task what is repeated, by one thread at a time
     */
    public Repeated(String what, Runnable task) {
        this.what = what;
        this.task = task;
    }

    @Override
    public void run() {
        try {
            task.run();
            isFailing = false;
        } catch (RuntimeException | Error e) {
            LOG.log(isFailing ? Level.DEBUG : Level.ERROR, what + " failed, and is tried again", e);
            isFailing = true;
        }
    }
}
