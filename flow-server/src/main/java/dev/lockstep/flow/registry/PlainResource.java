package dev.lockstep.flow.registry;

import javax.transaction.xa.XAException;
import javax.transaction.xa.XAResource;
import javax.transaction.xa.Xid;

/** A resource without work of its own in this process: what is not overridden does nothing. */
abstract class PlainResource implements XAResource {

    @Override
    public void start(Xid xid, int flags) throws XAException {
        // There is nothing to associate.
    }

    @Override
    public void end(Xid xid, int flags) {
        // There is nothing to dissociate.
    }

    @Override
    public int prepare(Xid xid) throws XAException {
        return XA_RDONLY;
    }

    @Override
    public void commit(Xid xid, boolean onePhase) throws XAException {
        // There is nothing to commit.
    }

    @Override
    public void rollback(Xid xid) throws XAException {
        // There is nothing to roll back.
    }

    /** {@return nothing: what is in doubt the participant settles} */
    @Override
    public final Xid[] recover(int flag) {
        return new Xid[0];
    }

    @Override
    public final void forget(Xid xid) {
        // No heuristic outcome is kept.
    }

    @Override
    public final boolean isSameRM(XAResource other) {
        return this == other;
    }

    @Override
    public final int getTransactionTimeout() {
        return 0;
    }

    /** {@return false: the transaction manager keeps the time} */
    @Override
    public final boolean setTransactionTimeout(int seconds) {
        return false;
    }
}
