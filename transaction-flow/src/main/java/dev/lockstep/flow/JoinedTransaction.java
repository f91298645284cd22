package dev.lockstep.flow;

import jakarta.transaction.Status;
import jakarta.transaction.TransactionSynchronizationRegistry;
import java.time.Duration;

/** A transaction that was there when the scope opened: the scope votes, and whoever began it ends it. */
final class JoinedTransaction implements Ambient {

    private final TransactionSynchronizationRegistry registry;
    private final long limitNanos;
    private final long openedNanos = System.nanoTime();

    JoinedTransaction(TransactionSynchronizationRegistry registry, Duration timeout) {
        this.registry = registry;
        this.limitNanos = timeout.isZero() ? Long.MAX_VALUE : timeout.toNanos();
    }

    @Override
    public void end(boolean isComplete) {
        boolean isDoomed = !isComplete || System.nanoTime() - openedNanos > limitNanos;
        if (isDoomed && registry.getTransactionStatus() != Status.STATUS_NO_TRANSACTION) {
            registry.setRollbackOnly();
        }
    }
}
