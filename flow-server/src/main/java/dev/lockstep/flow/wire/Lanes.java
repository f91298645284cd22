package dev.lockstep.flow.wire;

import dev.lockstep.flow.observe.ServerFlows;
import java.time.Duration;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Two lanes of threads for good messages: one for {@code prepare}, and one for all that ends what is prepared. So what begins to wait never
 * stands before what ends the waiting, whatever the {@link Inbox} does.
 */
final class Lanes {

    /** The most messages that wait in a lane. */
    static final int WAITING_MAX = 256;

    private static final int THREADS = 2;

    private final ThreadPoolExecutor preparing = lane("lockstep-flow-prepare-");
    private final ThreadPoolExecutor ending = lane("lockstep-flow-end-");

    private static ThreadPoolExecutor lane(String name) {
        AtomicInteger number = new AtomicInteger();
        ThreadPoolExecutor lane = new ThreadPoolExecutor(
                THREADS, THREADS, 0, TimeUnit.SECONDS, new LinkedBlockingQueue<>(WAITING_MAX), task -> {
                    Thread thread = new Thread(task, name + number.incrementAndGet());
                    thread.setDaemon(true);
                    return thread;
                });
        return lane;
    }

    /** {@return whether the lane takes it; if not, too many wait there} */
    boolean take(Message message, Runnable task) {
        boolean isPrepare = message instanceof Message.Prepare;
        long since = System.nanoTime();
        try {
            (isPrepare ? preparing : ending).execute(() -> {
                Duration waited = Duration.ofNanos(System.nanoTime() - since);
                ServerFlows.tally().waited(isPrepare ? "lane prepare" : "lane end", waited);
                task.run();
            });
            return true;
        } catch (RejectedExecutionException e) {
            return false;
        }
    }

    void close() {
        preparing.shutdownNow();
        ending.shutdownNow();
    }
}
