package dev.lockstep.shop.order;

import jakarta.transaction.HeuristicMixedException;
import jakarta.transaction.HeuristicRollbackException;
import jakarta.transaction.NotSupportedException;
import jakarta.transaction.RollbackException;
import jakarta.transaction.SystemException;
import jakarta.transaction.UserTransaction;

/**
 * WCF's {@code TransactionScope} on a {@link UserTransaction}: what is called inside joins one distributed transaction,
 * {@link #complete()} commits it in all databases, and leaving the scope without {@code complete()} rolls it back in all.
 *
 * <pre>{@code
 * try (TransactionScope scope = TransactionScope.begin(userTransaction)) {
 *     products.decreaseNum(productId, quantity);
 *     orders.addOrder(order);
 *     scope.complete();
 * }
 * }</pre>
 *
 * <p>For one thread; an instance is used once.
 */
public final class TransactionScope implements AutoCloseable {

    private final UserTransaction transaction;
    private boolean open = true;

    private TransactionScope(UserTransaction transaction) {
        this.transaction = transaction;
    }

    /**
     * Begins a transaction on this thread, which must have none.
     *
     * @param transaction the container's transaction of this thread, not null
     * @return the scope, to be closed
     * @throws NotCommittedException if no transaction can begin; nothing was changed
     */
    public static TransactionScope begin(UserTransaction transaction) {
        try {
            transaction.begin();
            return new TransactionScope(transaction);
        } catch (NotSupportedException | SystemException e) {
            throw new NotCommittedException("No transaction could begin", e);
        }
    }

    /**
     * Commits: when this returns, every database has committed durably.
     *
     * @throws NotCommittedException if every database has rolled back
     * @throws OutcomeUnknownException if it cannot be told which of the two happened, or will happen
     */
    public void complete() {
        open = false;
        try {
            transaction.commit();
        } catch (RollbackException e) {
            throw new NotCommittedException("The transaction was rolled back instead of committed", e);
        } catch (HeuristicMixedException | HeuristicRollbackException | SystemException | RuntimeException e) {
            throw new OutcomeUnknownException("The commit ended without an outcome", e);
        }
    }

    /** Rolls back unless {@link #complete()} was called. */
    @Override
    public void close() {
        if (!open) {
            return;
        }
        open = false;
        try {
            transaction.rollback();
        } catch (SystemException | RuntimeException e) {
            // Without a commit nobody can commit it any more: the work is undone, if late, by the databases.
            System.getLogger(TransactionScope.class.getName())
                    .log(System.Logger.Level.WARNING, "The rollback of an incomplete transaction scope failed", e);
        }
    }
}
