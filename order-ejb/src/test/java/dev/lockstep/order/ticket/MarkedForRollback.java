package dev.lockstep.order.ticket;

import jakarta.transaction.Synchronization;
import jakarta.transaction.TransactionSynchronizationRegistry;

/** The part of a container's registry that the order service uses: it remembers whether the transaction must be rolled back. */
final class MarkedForRollback implements TransactionSynchronizationRegistry {

    private boolean isMarked;

    @Override
    public void setRollbackOnly() {
        isMarked = true;
    }

    @Override
    public boolean getRollbackOnly() {
        return isMarked;
    }

    @Override
    public Object getTransactionKey() {
        throw new UnsupportedOperationException();
    }

    @Override
    public void putResource(Object key, Object value) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Object getResource(Object key) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void registerInterposedSynchronization(Synchronization synchronization) {
        throw new UnsupportedOperationException();
    }

    @Override
    public int getTransactionStatus() {
        throw new UnsupportedOperationException();
    }
}
