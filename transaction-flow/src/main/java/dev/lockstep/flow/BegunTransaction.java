package dev.lockstep.flow;

import dev.lockstep.flow.FlowHere.Known;
import jakarta.transaction.HeuristicMixedException;
import jakarta.transaction.HeuristicRollbackException;
import jakarta.transaction.NotSupportedException;
import jakarta.transaction.RollbackException;
import jakarta.transaction.SystemException;
import jakarta.transaction.UserTransaction;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.function.Supplier;

/** A transaction that a scope has begun, and ends. */
final class BegunTransaction implements Ambient {

    private static final Logger LOG = System.getLogger(BegunTransaction.class.getName());

    private final UserTransaction transaction;
    private final Supplier<Supplier<Known>> outcome;

    BegunTransaction(UserTransaction transaction, Supplier<Supplier<Known>> outcome) {
        this.transaction = transaction;
        this.outcome = outcome;
    }

    static BegunTransaction begin(UserTransaction transaction, Duration timeout) {
        try {
            transaction.setTransactionTimeout(seconds(timeout));
            try {
                transaction.begin();
            } finally {
                transaction.setTransactionTimeout(0); // of the thread's next one: the server's own
            }
            return new BegunTransaction(transaction, FlowHere::outcome);
        } catch (NotSupportedException | SystemException e) {
            throw new IllegalStateException("No transaction can begin: " + e.getMessage(), e);
        }
    }

    private static int seconds(Duration timeout) {
        return Math.toIntExact(timeout.plusMillis(999).toSeconds());
    }

    @Override
    public void end(boolean isComplete) {
        if (isComplete) {
            commit();
        } else {
            rollBack();
        }
    }

    private void commit() {
        Supplier<Known> known = outcome.get();
        try {
            transaction.commit();
        } catch (RollbackException e) {
            throw new TransactionAbortedException("The transaction was rolled back instead of committed", e);
        } catch (HeuristicMixedException | HeuristicRollbackException | SystemException | RuntimeException e) {
            // The transaction manager tells all of these alike; whoever took part may know more.
            tell(known.get(), e);
        }
    }

    private static void tell(Known known, Exception said) {
        switch (known) {
            case COMMITTED -> LOG.log(Level.INFO, "Committed, though the transaction manager says otherwise", said);
            case ROLLED_BACK ->
                throw new TransactionAbortedException("The transaction was rolled back instead of committed", said);
            case NOTHING ->
                throw new TransactionInDoubtException("Whether the transaction is committed is not known yet", said);
        }
    }

    private void rollBack() {
        try {
            transaction.rollback();
        } catch (SystemException | RuntimeException e) {
            // Without a commit nobody can commit it any more: the work is undone, if late, by the databases.
            LOG.log(Level.WARNING, "The rollback of an incomplete scope failed", e);
        }
    }
}
