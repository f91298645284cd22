package dev.lockstep.flow;

import jakarta.transaction.HeuristicMixedException;
import jakarta.transaction.HeuristicRollbackException;
import jakarta.transaction.RollbackException;
import jakarta.transaction.Status;
import jakarta.transaction.Synchronization;
import jakarta.transaction.SystemException;
import jakarta.transaction.TransactionSynchronizationRegistry;
import jakarta.transaction.UserTransaction;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** One thread's transactions: answers commits as it is told, and notes what it is asked. */
final class TransactionAnswersWith implements UserTransaction, TransactionSynchronizationRegistry {

    final List<String> calls = new ArrayList<>();
    final Map<Object, Object> resources = new HashMap<>();
    Exception failure;
    boolean rollbackFails;
    int status = Status.STATUS_NO_TRANSACTION;

    /** {@return one that a server's names lead to} */
    static TransactionAnswersWith bound() {
        TransactionAnswersWith transaction = new TransactionAnswersWith();
        Names.BOUND.put("java:comp/UserTransaction", transaction);
        Names.BOUND.put("java:comp/TransactionSynchronizationRegistry", transaction);
        return transaction;
    }

    @Override
    public void begin() {
        calls.add("begin");
        status = Status.STATUS_ACTIVE;
    }

    @Override
    public void commit()
            throws RollbackException, HeuristicMixedException, HeuristicRollbackException, SystemException {
        calls.add("commit");
        boolean isDoomed = status == Status.STATUS_MARKED_ROLLBACK;
        status = Status.STATUS_NO_TRANSACTION;
        if (isDoomed || failure instanceof RollbackException) {
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
        calls.add("rollback");
        status = Status.STATUS_NO_TRANSACTION;
        if (rollbackFails) {
            throw new SystemException("the rollback fails");
        }
    }

    @Override
    public void setRollbackOnly() {
        calls.add("doom");
        status = Status.STATUS_MARKED_ROLLBACK;
    }

    @Override
    public int getStatus() {
        return status;
    }

    @Override
    public int getTransactionStatus() {
        return status;
    }

    @Override
    public void setTransactionTimeout(int seconds) {
        calls.add("timeout " + seconds);
    }

    @Override
    public boolean getRollbackOnly() {
        return status == Status.STATUS_MARKED_ROLLBACK;
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
