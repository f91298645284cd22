package dev.lockstep.participant;

import dev.lockstep.participant.database.BranchSession;
import dev.lockstep.participant.database.ParticipantDatabase;
import dev.lockstep.participant.transaction.Branch;
import dev.lockstep.participant.transaction.ProtocolException;
import javax.transaction.xa.XAException;
import javax.transaction.xa.XAResource;
import javax.transaction.xa.Xid;

/** What a call of the protocol demands of its arguments and of the connection; a call that is refused has changed nothing. */
final class Preconditions {

    private Preconditions() {}

    static void requireXid(Xid xid, String action) throws ProtocolException {
        if (xid == null) {
            throw new ProtocolException(XAException.XAER_INVAL, "cannot " + action + " a null xid", null);
        }
    }

    /**
     * Requires that no flags are left.
     *
     * @param others the flags without those that are allowed
     */
    static void requireNoFlags(String action, int others) throws ProtocolException {
        if (others != XAResource.TMNOFLAGS) {
            throw new ProtocolException(
                    XAException.XAER_INVAL, action + " with flags 0x" + Integer.toHexString(others), null);
        }
    }

    /**
     * Requires that a connection's branch is the one that is named.
     *
     * @param branch the connection's branch, or null
     * @return the branch
     */
    static Branch requireCurrent(Branch branch, Xid xid, ParticipantDatabase database, String action)
            throws ProtocolException {
        requireXid(xid, action);
        if (branch == null || branch.state() == Branch.State.OVER || !branch.isNamed(xid)) {
            throw new ProtocolException(
                    XAException.XAER_NOTA,
                    "cannot " + action + " " + xid + " on this connection to " + database + ", which has "
                            + (branch == null ? "no branch" : branch),
                    null);
        }
        return branch;
    }

    /**
     * Requires that a connection has neither a branch nor a local transaction.
     *
     * @param branch the connection's branch, or null
     */
    static void requireFree(Branch branch, BranchSession session, ParticipantDatabase database, Xid xid)
            throws ProtocolException {
        if (branch != null && branch.state() != Branch.State.OVER) {
            throw new ProtocolException(
                    XAException.XAER_PROTO, "cannot start " + xid + ": the connection has " + branch, null);
        }
        if (session.isBusy()) {
            throw new ProtocolException(
                    XAException.XAER_OUTSIDE,
                    "cannot start " + xid + ": a local transaction is open on the connection to " + database,
                    null);
        }
    }

    static void requireState(Branch branch, Branch.State state, String action) throws ProtocolException {
        if (branch.state() != state) {
            throw new ProtocolException(XAException.XAER_PROTO, "cannot " + action + " " + branch, null);
        }
    }

    static void requireAtWork(Branch branch, boolean isAssociated, String action) throws ProtocolException {
        if (!isAssociated) {
            throw new ProtocolException(
                    XAException.XAER_PROTO, "cannot " + action + " " + branch + ", whose work has ended", null);
        }
    }

    static void requireEnded(Branch branch, boolean isAssociated, String action) throws ProtocolException {
        if (isAssociated) {
            throw new ProtocolException(
                    XAException.XAER_PROTO, "cannot " + action + " " + branch + ", whose work goes on", null);
        }
    }
}
