package dev.lockstep.flow;

import jakarta.transaction.HeuristicMixedException;
import jakarta.transaction.HeuristicRollbackException;
import jakarta.transaction.InvalidTransactionException;
import jakarta.transaction.NotSupportedException;
import jakarta.transaction.RollbackException;
import jakarta.transaction.Status;
import jakarta.transaction.Synchronization;
import jakarta.transaction.SystemException;
import jakarta.transaction.Transaction;
import jakarta.transaction.TransactionManager;
import jakarta.transaction.TransactionSynchronizationRegistry;
import jakarta.transaction.UserTransaction;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import javax.transaction.xa.XAResource;

/** One thread's transactions: answers commits as it is told, and notes what it is asked, the second transaction's with a 2, and so on. */
final class TransactionAnswersWith implements UserTransaction, TransactionManager, TransactionSynchronizationRegistry {

    private static final TransactionAnswersWith HERE = new TransactionAnswersWith();

    final List<String> calls = Collections.synchronizedList(new ArrayList<>());
    final Map<Object, Object> resources = new HashMap<>();
    Exception failure;
    boolean rollbackFails;
    boolean beginFails;
    boolean isInterruptedInCommit;
    Noted current;
    private int begun;

    private TransactionAnswersWith() {}

    /** {@return one that a server's names lead to, the same for all tests} */
    static TransactionAnswersWith bound() {
        HERE.calls.clear();
        HERE.resources.clear();
        HERE.failure = null;
        HERE.rollbackFails = false;
        HERE.beginFails = false;
        HERE.isInterruptedInCommit = false;
        HERE.current = null;
        HERE.begun = 0;
        Names.BOUND.put("java:comp/UserTransaction", HERE);
        Names.BOUND.put("java:comp/TransactionSynchronizationRegistry", HERE);
        Names.BOUND.put("java:appserver/TransactionManager", HERE);
        Names.BOUND.computeIfAbsent(
                "java:comp/DefaultManagedScheduledExecutorService",
                name -> Executors.newSingleThreadScheduledExecutor(task -> {
                    Thread thread = new Thread(task, "timers");
                    thread.setDaemon(true);
                    return thread;
                }));
        return HERE;
    }

    /** A transaction with a state. */
    final class Noted implements Transaction {

        private final String number;
        volatile int status = Status.STATUS_ACTIVE;

        private Noted(int number) {
            this.number = number == 1 ? "" : " " + number;
        }

        @Override
        public void commit()
                throws RollbackException, HeuristicMixedException, HeuristicRollbackException, SystemException {
            calls.add("commit" + number);
            isInterruptedInCommit = Thread.currentThread().isInterrupted();
            boolean isDoomed = status == Status.STATUS_MARKED_ROLLBACK;
            status = isDoomed || failure instanceof RollbackException
                    ? Status.STATUS_ROLLEDBACK
                    : Status.STATUS_COMMITTED;
            if (status == Status.STATUS_ROLLEDBACK) {
                throw new RollbackException("voted no");
            } else if (failure instanceof HeuristicMixedException e) {
                throw e;
            } else if (failure instanceof HeuristicRollbackException e) {
                throw e;
            } else if (failure instanceof SystemException e) {
                throw e;
            } else if (failure instanceof RuntimeException e) {
                throw e;
            }
        }

        @Override
        public void rollback() throws SystemException {
            calls.add("rollback" + number);
            status = Status.STATUS_ROLLEDBACK;
            if (rollbackFails) {
                throw new SystemException("the rollback fails");
            }
        }

        @Override
        public void setRollbackOnly() {
            if (status != Status.STATUS_ACTIVE && status != Status.STATUS_MARKED_ROLLBACK) {
                throw new IllegalStateException("has ended: " + status);
            }
            calls.add("doom" + number);
            status = Status.STATUS_MARKED_ROLLBACK;
        }

        @Override
        public int getStatus() {
            return status;
        }

        @Override
        public boolean enlistResource(XAResource resource) {
            throw new UnsupportedOperationException();
        }

        @Override
        public boolean delistResource(XAResource resource, int flag) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void registerSynchronization(Synchronization synchronization) {
            throw new UnsupportedOperationException();
        }
    }

    @Override
    public void begin() throws NotSupportedException {
        if (current != null || beginFails) {
            throw new NotSupportedException("nested");
        }
        begun++;
        current = new Noted(begun);
        calls.add("begin" + current.number);
    }

    @Override
    public void commit()
            throws RollbackException, HeuristicMixedException, HeuristicRollbackException, SystemException {
        taken().commit();
    }

    @Override
    public void rollback() throws SystemException {
        taken().rollback();
    }

    private Noted taken() {
        Noted ending = required();
        current = null;
        return ending;
    }

    private Noted required() {
        if (current == null) {
            throw new IllegalStateException("no transaction");
        }
        return current;
    }

    @Override
    public void setRollbackOnly() {
        required().setRollbackOnly();
    }

    @Override
    public int getStatus() {
        return current == null ? Status.STATUS_NO_TRANSACTION : current.status;
    }

    @Override
    public int getTransactionStatus() {
        return getStatus();
    }

    @Override
    public Transaction getTransaction() {
        return current;
    }

    @Override
    public Transaction suspend() {
        Noted suspended = required();
        calls.add("suspend" + suspended.number);
        current = null;
        return suspended;
    }

    @Override
    public void resume(Transaction transaction) throws InvalidTransactionException {
        if (current != null) {
            throw new IllegalStateException("there is another");
        }
        Noted resumed = (Noted) transaction;
        if (resumed.status == Status.STATUS_ROLLEDBACK || resumed.status == Status.STATUS_COMMITTED) {
            throw new InvalidTransactionException("it has ended");
        }
        calls.add("resume" + resumed.number);
        current = resumed;
    }

    @Override
    public void setTransactionTimeout(int seconds) {
        calls.add("timeout " + seconds);
    }

    @Override
    public boolean getRollbackOnly() {
        return getStatus() == Status.STATUS_MARKED_ROLLBACK;
    }

    @Override
    public Object getTransactionKey() {
        throw new UnsupportedOperationException();
    }

    @Override
    public void putResource(Object key, Object value) {
        resources.put(key, value);
    }

    @Override
    public Object getResource(Object key) {
        return resources.get(key);
    }

    @Override
    public void registerInterposedSynchronization(Synchronization synchronization) {
        throw new UnsupportedOperationException();
    }
}
