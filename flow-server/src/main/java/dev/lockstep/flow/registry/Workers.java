package dev.lockstep.flow.registry;

import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The threads of the flows. A flow that votes has a worker of its own, which stays parked in its gate: the limit of open flows limits them.
 * Questions of peers about databases have a lane of their own. All are daemons: a stopping server waits for none.
 */
final class Workers implements AutoCloseable {

    private static final int QUESTION_THREADS = 4;
    private static final int QUESTIONS_MAX = 1000;

    private final ExecutorService flows = Executors.newCachedThreadPool(task -> daemon(task, "worker"));
    private final ExecutorService questions = new ThreadPoolExecutor(
            QUESTION_THREADS,
            QUESTION_THREADS,
            0,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(QUESTIONS_MAX),
            task -> daemon(task, "question"));
    private final ScheduledExecutorService clock =
            Executors.newSingleThreadScheduledExecutor(task -> daemon(task, "clock"));
    private final AtomicInteger count = new AtomicInteger();

    private Thread daemon(Runnable task, String name) {
        Thread thread = new Thread(task, "lockstep-flow-" + name + "-" + count.incrementAndGet());
        thread.setDaemon(true);
        return thread;
    }

    /** For a flow's vote, its end, its begin. */
    Executor flows() {
        return flows;
    }

    /**
     * For what a peer asks of a database.
     *
     * @throws RejectedExecutionException if too many wait already
     */
    Executor questions() {
        return questions;
    }

    /** Runs a task on a worker, not on the clock's own thread. */
    void later(Duration delay, Runnable task) {
        ScheduledFuture<?> unused = clock.schedule(() -> flows.execute(task), delay.toNanos(), TimeUnit.NANOSECONDS);
    }

    /** Also where one of them could not be run. */
    void every(Duration pause, Runnable task) {
        ScheduledFuture<?> unused = clock.schedule(
                () -> {
                    try {
                        flows.execute(task);
                    } finally {
                        every(pause, task);
                    }
                },
                pause.toNanos(),
                TimeUnit.NANOSECONDS);
    }

    /** Nothing new is begun. Gates that wait for a decision go on waiting. */
    @Override
    public void close() {
        clock.shutdownNow();
        questions.shutdown();
        flows.shutdown();
    }
}
