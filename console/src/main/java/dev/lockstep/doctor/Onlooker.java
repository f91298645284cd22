package dev.lockstep.doctor;

import javax.transaction.xa.XAResource;
import javax.transaction.xa.Xid;

/** Takes part in a transaction without work or data of its own, to look at the others when it is asked to prepare. */
public abstract class Onlooker implements XAResource {

    @Override
    public void start(Xid xid, int flags) {
        // It has no work of its own.
    }

    @Override
    public void end(Xid xid, int flags) {
        // It has no work of its own.
    }

    @Override
    public void commit(Xid xid, boolean onePhase) {
        // It has nothing to commit.
    }

    @Override
    public void rollback(Xid xid) {
        // It has nothing to undo.
    }

    @Override
    public void forget(Xid xid) {
        // It decides nothing by itself.
    }

    @Override
    public Xid[] recover(int flag) {
        return new Xid[0];
    }

    @Override
    public boolean isSameRM(XAResource other) {
        return this == other;
    }

    @Override
    public int getTransactionTimeout() {
        return 0;
    }

    @Override
    public boolean setTransactionTimeout(int seconds) {
        return false;
    }
}
