package dev.lockstep.flow.registry;

import dev.lockstep.participant.flow.Part;
import jakarta.transaction.RollbackException;
import jakarta.transaction.Synchronization;
import jakarta.transaction.SystemException;
import jakarta.transaction.Transaction;
import jakarta.transaction.TransactionSynchronizationRegistry;
import javax.transaction.xa.XAException;
import javax.transaction.xa.Xid;

/**
 * A subordinate's last resource. Its branch's number tells how many resources JTS has before it. A resource that is not ours would vote
 * after the gate has told the superior yes, so the transaction may have none (FLOW-DESIGN, section 15, row 5).
 */
final class Tail extends PlainResource implements Synchronization {

    private final Transaction transaction;
    private final Part part;
    private final TransactionSynchronizationRegistry registry;
    private boolean isLast;

    Tail(Transaction transaction, Part part, TransactionSynchronizationRegistry registry) {
        this.transaction = transaction;
        this.part = part;
        this.registry = registry;
    }

    /** This thread's transaction is about to be committed. */
    void register() {
        registry.registerInterposedSynchronization(this);
    }

    /**
     * Interposed synchronizations come after the others, and those of the container write what was deferred: any may enlist a resource, or
     * register one more that does. So it lets all pass that were registered until now, and is called once more after them.
     */
    @Override
    public void beforeCompletion() {
        if (!isLast) {
            isLast = true;
            register();
            return;
        }
        try {
            transaction.enlistResource(this);
        } catch (RollbackException | SystemException e) {
            throw new IllegalStateException("the resources of " + transaction + " cannot be counted", e);
        }
    }

    @Override
    public void afterCompletion(int status) {
        // It has nothing to do.
    }

    @Override
    public void start(Xid xid, int flags) throws XAException {
        part.requireNoStrangers(xid);
    }
}
