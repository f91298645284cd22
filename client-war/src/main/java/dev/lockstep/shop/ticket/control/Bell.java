package dev.lockstep.shop.ticket.control;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** Wakes this instance's workers. Thread-safe. */
@ApplicationScoped
public class Bell {

    private final Semaphore strokes = new Semaphore(0);

    /** Wakes a worker that waits, or keeps the next one from waiting. */
    public void ring() {
        if (strokes.availablePermits() < TicketWorkers.WORKERS) {
            strokes.release();
        }
    }

    /**
     * Waits for a stroke.
     *
     * @param longest how long at most
     * @throws InterruptedException if the thread is to end
     */
    void await(Duration longest) throws InterruptedException {
        strokes.tryAcquire(longest.toMillis(), TimeUnit.MILLISECONDS);
    }
}
