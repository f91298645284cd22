package dev.lockstep.tests.flow.plain;

import jakarta.transaction.RollbackException;
import jakarta.transaction.SystemException;
import jakarta.transaction.TransactionManager;
import javax.naming.InitialContext;
import javax.naming.NamingException;
import javax.transaction.xa.XAException;
import javax.transaction.xa.XAResource;
import javax.transaction.xa.Xid;

/** A participant of this thread's transaction that votes no, or whose answer to the commit is lost. */
final class Stubborn implements XAResource {

    private final boolean votesNo;

    Stubborn(boolean votesNo) {
        this.votesNo = votesNo;
    }

    @SuppressWarnings("BanJNDI") // a name of this server, and nobody's input
    void join() {
        try {
            InitialContext.<TransactionManager>doLookup("java:appserver/TransactionManager")
                    .getTransaction()
                    .enlistResource(this);
        } catch (NamingException | RollbackException | SystemException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public int prepare(Xid xid) throws XAException {
        if (votesNo) {
            throw new XAException(XAException.XA_RBROLLBACK);
        }
        return XA_OK;
    }

    @Override
    public void commit(Xid xid, boolean onePhase) throws XAException {
        throw new XAException(XAException.XAER_RMFAIL);
    }

    @Override
    public void rollback(Xid xid) {
        // It has written nothing.
    }

    @Override
    public void start(Xid xid, int flags) {
        // It has nothing to associate.
    }

    @Override
    public void end(Xid xid, int flags) {
        // It has nothing to dissociate.
    }

    @Override
    public void forget(Xid xid) {
        // It remembers nothing.
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
