package dev.lockstep.flow;

import jakarta.transaction.SystemException;
import jakarta.transaction.Transaction;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import javax.naming.InitialContext;
import javax.naming.NamingException;

/**
 * How long one scope may be open. When its time is over its transaction can only be rolled back, whoever began it. The transaction manager keeps the
 * time of those that it begins, in whole seconds, and Payara's looks at some only every ten.
 */
final class TimeLimit implements AutoCloseable {

    /** The server's own, so that no thread keeps an undeployed application alive. */
    private static final String TIMERS = "java:comp/DefaultManagedScheduledExecutorService";

    private static final Logger LOG = System.getLogger(TimeLimit.class.getName());

    private final Duration timeout;
    private final long openedNanos = System.nanoTime();
    private final AtomicReference<Transaction> watched;
    private final Future<?> alarm;

    private TimeLimit(Duration timeout, Transaction watched) {
        this.timeout = timeout;
        this.watched = new AtomicReference<>(watched);
        this.alarm = timeout.isZero() ? null : alarm();
    }

    /**
     * Watches a transaction until it is closed.
     *
     * @param transaction what to doom
     * @param timeout when; zero for never
     */
    static TimeLimit watch(Transaction transaction, Duration timeout) {
        return new TimeLimit(timeout, transaction);
    }

    @SuppressWarnings("BanJNDI") // a name of the specification, and nobody's input
    private Future<?> alarm() {
        try {
            return InitialContext.<ScheduledExecutorService>doLookup(TIMERS)
                    .schedule(this::ring, timeout.toNanos(), TimeUnit.NANOSECONDS);
        } catch (NamingException e) {
            LOG.log(Level.DEBUG, "No timers: a scope that is too late is rolled back when it is closed", e);
            return null;
        }
    }

    private void ring() {
        Transaction late = watched.get();
        if (late != null) {
            doom(late);
        }
    }

    /** Lets a transaction only be rolled back; one that has ended stays as it is. */
    static void doom(Transaction transaction) {
        try {
            transaction.setRollbackOnly();
        } catch (IllegalStateException | SystemException e) {
            LOG.log(Level.DEBUG, "A transaction that was to be doomed has ended", e);
        }
    }

    /** {@return whether the time is over} */
    boolean isOver() {
        return !timeout.isZero() && System.nanoTime() - openedNanos >= timeout.toNanos();
    }

    /** {@return when the time is over, by {@link System#nanoTime}} */
    long deadlineNanos() {
        return openedNanos + timeout.toNanos();
    }

    /** {@return why a yes that comes too late is a no} */
    TransactionAbortedException exceeded() {
        return new TransactionAbortedException(
                "The transaction was rolled back: a scope was open for longer than its timeout, " + timeout.toMillis()
                        + " ms",
                null);
    }

    /** Watches no more. An alarm that is cancelled may wait in its queue, but not with a transaction. */
    @Override
    public void close() {
        watched.set(null);
        if (alarm != null) {
            alarm.cancel(false);
        }
    }
}
