package dev.lockstep.flow;

import dev.lockstep.flow.FlowHere.Known;
import dev.lockstep.flow.server.FlowServer;
import jakarta.transaction.HeuristicMixedException;
import jakarta.transaction.HeuristicRollbackException;
import jakarta.transaction.NotSupportedException;
import jakarta.transaction.RollbackException;
import jakarta.transaction.Status;
import jakarta.transaction.SystemException;
import jakarta.transaction.Transaction;
import jakarta.transaction.UserTransaction;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;

/** A transaction that a scope has begun, and ends. An interrupt does not disturb the end: the thread is interrupted again when it is over. */
final class BegunTransaction implements Ambient {

    private static final Logger LOG = System.getLogger(BegunTransaction.class.getName());

    private final Jta jta;
    private final UserTransaction user;
    private final Transaction begun;
    private final TimeLimit limit;

    private BegunTransaction(Jta jta, UserTransaction user, Transaction begun, TimeLimit limit) {
        this.jta = jta;
        this.user = user;
        this.begun = begun;
        this.limit = limit;
    }

    /**
     * Begins a transaction on this thread, which must have none.
     *
     * @param jta the server's
     * @param user begins and ends it
     * @param timeout after this it can only be rolled back; zero for the server's own
     * @throws IllegalStateException if none can begin here
     * @throws TransactionAbortedException if the server can begin none now
     */
    static BegunTransaction begin(Jta jta, UserTransaction user, Duration timeout) {
        try {
            if (timeout.isZero()) {
                user.begin();
            } else {
                begin(user, seconds(timeout));
            }
        } catch (NotSupportedException | IllegalStateException e) {
            throw new IllegalStateException("No transaction can begin here: " + e.getMessage(), e);
        } catch (SystemException e) {
            throw new TransactionAbortedException("No transaction can begin now: " + e.getMessage(), e);
        }
        Transaction begun = jta.current();
        TimeLimit limit = TimeLimit.watch(begun, timeout);
        if (!timeout.isZero()) {
            // The servers that are called learn what is left; the transaction manager does not tell it.
            jta.registry().putResource(FlowServer.DEADLINE, limit.deadlineNanos());
        }
        return new BegunTransaction(jta, user, begun, limit);
    }

    private static void begin(UserTransaction user, int seconds) throws NotSupportedException, SystemException {
        user.setTransactionTimeout(seconds);
        try {
            user.begin();
        } finally {
            user.setTransactionTimeout(0); // of the thread's next one: the server's own
        }
    }

    private static int seconds(Duration timeout) {
        return Math.toIntExact(timeout.plusMillis(999).toSeconds());
    }

    @Override
    public Optional<Transaction> transaction() {
        return Optional.of(begun);
    }

    @Override
    public void end(boolean isComplete) {
        limit.close();
        if (!begun.equals(jta.current())) {
            throw Jta.status(begun) == Status.STATUS_ROLLEDBACK
                    ? aborted(null)
                    : new IllegalStateException(
                            "A scope was closed too late: its transaction had ended without it, or is not this thread's any more");
        }
        boolean isLate = limit.isOver();
        boolean wasInterrupted = Thread.interrupted();
        try {
            if (isComplete && !isLate) {
                commit();
            } else {
                rollBack();
            }
        } finally {
            if (wasInterrupted) {
                Thread.currentThread().interrupt();
            }
        }
        if (isComplete && isLate) {
            throw limit.exceeded();
        }
    }

    private void commit() {
        Supplier<Known> known = FlowHere.outcome();
        try {
            user.commit();
        } catch (RollbackException e) {
            throw aborted(e);
        } catch (HeuristicMixedException | HeuristicRollbackException | SystemException | RuntimeException e) {
            // The transaction manager tells all of these alike; whoever took part may know more.
            tell(known.get(), e);
        }
    }

    private static void tell(Known known, Exception said) {
        switch (known) {
            case COMMITTED -> LOG.log(Level.INFO, "Committed, though the transaction manager says otherwise", said);
            case ROLLED_BACK -> throw aborted(said);
            case NOTHING ->
                throw new TransactionInDoubtException("Whether the transaction is committed is not known yet", said);
        }
    }

    private static TransactionAbortedException aborted(Exception said) {
        return new TransactionAbortedException("The transaction was rolled back instead of committed", said);
    }

    private void rollBack() {
        try {
            user.rollback();
        } catch (SystemException | RuntimeException e) {
            // Without a commit nobody can commit it any more: the work is undone, if late, by the databases.
            LOG.log(Level.WARNING, "The rollback of an incomplete scope failed", e);
        }
    }
}
