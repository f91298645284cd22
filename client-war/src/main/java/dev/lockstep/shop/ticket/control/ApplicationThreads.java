package dev.lockstep.shop.ticket.control;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Threads that do one kind of work for as long as the application lives. They are the application's own: Payara undeploys an application
 * without ending the threads of an executor that the application defines, and each would keep its class loader.
 */
final class ApplicationThreads {

    /** A task looks once a second whether it is to end; a database may let it wait for longer. */
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final String name;
    private final List<Thread> threads = new ArrayList<>();

    /**
     * Threads that have not begun.
     *
     * @param name what its threads are called, without a number
     */
    ApplicationThreads(String name) {
        this.name = name;
    }

    /**
     * Begins to work.
     *
     * @param size how many threads
     * @param work what each does until it is told to end; with the application's context
     */
    void begin(int size, Runnable work) {
        for (int i = 1; i <= size; i++) {
            Thread thread = new Thread(work, name + "-" + i);
            thread.setDaemon(true);
            threads.add(thread);
            thread.start();
        }
    }

    /** Waits until all have ended, together for a few seconds; then interrupts those that work on. Precondition: they are told to end. */
    void end() {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        try {
            for (Thread thread : threads) {
                // At least a millisecond, since zero would be for ever.
                thread.join(Math.max(
                        1, Duration.ofNanos(deadline - System.nanoTime()).toMillis()));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            threads.forEach(Thread::interrupt);
        }
    }
}
