package dev.lockstep.flow.registry;

import jakarta.transaction.HeuristicMixedException;
import jakarta.transaction.HeuristicRollbackException;
import jakarta.transaction.InvalidTransactionException;
import jakarta.transaction.NotSupportedException;
import jakarta.transaction.RollbackException;
import jakarta.transaction.SystemException;
import jakarta.transaction.Transaction;
import jakarta.transaction.TransactionManager;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;

/**
 * A subordinate's transaction at the server's transaction manager, whose first resource is the gate. It is begun, committed and rolled back
 * on workers, within the application's context. Who calls sees to it that only one does so.
 */
final class OwnTransaction {

    private static final Duration BEGIN_LIMIT = Duration.ofSeconds(10);

    private final SubordinateFlow flow;
    private final Gate gate;
    private volatile ApplicationContext context;

    OwnTransaction(SubordinateFlow flow, Gate gate) {
        this.flow = flow;
        this.gate = gate;
    }

    private TransactionManager manager() {
        return flow.here().transactions();
    }

    /** Begins the transaction: on a worker, since the timeout would stay with the application's thread. */
    void begin() throws SystemException {
        context = ApplicationContext.ofThisThread();
        CompletableFuture<Void> begun = new CompletableFuture<>();
        flow.here().workers().flows().execute(() -> {
            try {
                beginHere();
                flow.working();
                begun.complete(null);
            } catch (SystemException | NotSupportedException | RollbackException | RuntimeException e) {
                begun.completeExceptionally(e);
            }
        });
        try {
            Waiting.uninterruptibly(begun, BEGIN_LIMIT);
        } catch (ExecutionException | TimeoutException e) {
            throw told("cannot begin a transaction for " + flow, e);
        }
    }

    private void beginHere() throws SystemException, NotSupportedException, RollbackException {
        Duration left = flow.deadline().left();
        manager().setTransactionTimeout((int) left.plusSeconds(1).toSeconds()); // in Payara 0 is no limit
        manager().begin();
        boolean isGated = false;
        try {
            Transaction begun = manager().getTransaction();
            begun.enlistResource(gate);
            isGated = true;
            flow.began(begun);
        } finally {
            if (isGated) {
                manager().suspend();
            } else {
                manager().rollback();
            }
        }
    }

    private static SystemException told(String what, Exception cause) {
        SystemException told = new SystemException(what);
        told.initCause(cause);
        return told;
    }

    /** Runs a task on a worker. */
    void later(Runnable task) {
        flow.here().workers().flows().execute(() -> context.run(task));
    }

    /**
     * Commits, so that the gate votes, waits for the decision, and carries it out.
     *
     * @return how it ended, for people
     */
    String commit() {
        String end = "committed";
        try {
            manager().resume(flow.transaction());
            flow.part().resumed();
            flow.transaction().registerSynchronization(new Tail(flow.transaction(), flow.part()));
            manager().commit();
        } catch (RollbackException e) {
            String why = flow.ballot().reason();
            end = "rolled back: " + (why.isEmpty() ? String.valueOf(e.getMessage()) : why);
            rollbackRest();
        } catch (HeuristicMixedException
                | HeuristicRollbackException
                | InvalidTransactionException
                | SystemException e) {
            end = "ended with " + e;
            rollbackRest();
        } catch (RuntimeException e) { // the container's own, and JTS's CORBA exceptions
            end = "ended with " + e;
            flow.story().log(Level.WARNING, end);
            rollbackRest();
        }
        return end;
    }

    /** Where commit was not even begun. */
    private void rollbackRest() {
        try {
            if (manager().getTransaction() != null) {
                manager().rollback();
            }
        } catch (SystemException | IllegalStateException e) {
            flow.story().log(Level.DEBUG, "nothing is left to be rolled back: " + e);
        }
    }

    /** Rolls back what is suspended. */
    void rollback() {
        try {
            manager().resume(flow.transaction());
            flow.part().resumed(); // so nobody else is at work
            manager().rollback();
        } catch (InvalidTransactionException | SystemException | RuntimeException e) {
            flow.story().log(Level.DEBUG, "it was over already: " + e);
        }
    }

    /** Rolls back on the thread of the call that is at work in it. */
    void rollbackHere() {
        try {
            if (flow.isHere()) {
                manager().rollback();
            }
        } catch (SystemException | RuntimeException e) { // JTS's CORBA exceptions, too
            flow.story().log(Level.DEBUG, "it was over already: " + e);
        }
    }
}
