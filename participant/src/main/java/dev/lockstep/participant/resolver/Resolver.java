package dev.lockstep.participant.resolver;

import dev.lockstep.participant.database.Limits;
import dev.lockstep.participant.database.ParticipantDatabase;
import dev.lockstep.participant.transaction.LocalTransactions;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Runs a {@link Round} again and again, in a thread of its own, in every instance. What one round leaves, the next one
 * finds; it remembers only how long it has seen a decision.
 */
public final class Resolver implements AutoCloseable {

    private static final Logger LOG = System.getLogger(Resolver.class.getName());

    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final LocalTransactions local;
    private final CountDownLatch stop = new CountDownLatch(1);
    private Thread thread;

    /**
     * A resolver, not yet running.
     *
     * @param local knows the databases, and what this process itself has under way
     */
    public Resolver(LocalTransactions local) {
        this.local = local;
    }

    /** Runs from now on, beginning at once; has no effect on one that runs. Precondition: a database is known. */
    public synchronized void start() {
        if (thread == null) {
            // It outlives the application that makes the first connection, and must not hold its class loader.
            thread = new Thread(null, this::run, "lockstep-resolver", 0, false);
            thread.setContextClassLoader(Resolver.class.getClassLoader());
            thread.setDaemon(true);
            thread.start();
        }
    }

    private void run() {
        Ages ages = new Ages();
        try (Sessions sessions = new Sessions(local, Level.WARNING)) {
            do {
                round(sessions, ages);
            } while (!isStoppedWithinPause());
        }
    }

    private void round(Sessions sessions, Ages ages) {
        try {
            new Round(local, sessions, ages).run();
        } catch (RuntimeException | Error e) { // a dead resolver under a living name would leave branches to nobody
            LOG.log(Level.ERROR, "A round of the resolver failed; the next one follows", e);
        }
    }

    /** An interrupt, which only a listener can have meant, does not end it, for the same reason. */
    private boolean isStoppedWithinPause() {
        try {
            return stop.await(pause().toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            LOG.log(Level.WARNING, "The resolver was interrupted, and goes on", e);
            return false;
        }
    }

    private Duration pause() {
        return local.databases().stream()
                .map(ParticipantDatabase::limits)
                .map(Limits::resolveEvery)
                .min(Duration::compareTo)
                .orElseThrow();
    }

    /** Stops after the round under way, and waits for that, but not for longer than a database that is silent may take. */
    @Override
    public void close() {
        stop.countDown();
        Thread stopping = running();
        if (stopping == null || stopping == Thread.currentThread()) {
            return;
        }
        try {
            stopping.join(PATIENCE.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private synchronized Thread running() {
        return thread;
    }
}
