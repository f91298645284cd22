package dev.lockstep.participant;

import dev.lockstep.participant.database.BranchSession;
import dev.lockstep.participant.database.ParticipantDatabase;
import dev.lockstep.participant.database.SqlFailure;
import dev.lockstep.participant.observe.Result;
import dev.lockstep.participant.observe.TransactionEvent.Kind;
import dev.lockstep.participant.transaction.Branch;
import dev.lockstep.participant.transaction.LocalTransactions;
import dev.lockstep.participant.transaction.ProtocolException;
import dev.lockstep.participant.transaction.SecondPhase;
import java.sql.SQLException;
import java.util.function.Consumer;
import javax.transaction.xa.XAException;
import javax.transaction.xa.XAResource;
import javax.transaction.xa.Xid;

/**
 * A connection's part in the transaction manager's protocol: it gives each branch its name, prepares it (P1) and leaves the second phase to
 * {@link SecondPhase}.
 *
 * <p>It has one branch at a time. Its states are those of {@link Branch.State}; while the branch is WORKING it is associated with the
 * connection from {@code start} to {@code end}. Suspending and interleaving are not supported. Called by one thread at a time, but for
 * {@code end} and {@code rollback} of work that another thread is at.
 */
final class ParticipantResource implements XAResource {

    private final BranchSession session;
    private final LocalTransactions local;
    private final ParticipantDatabase database;
    private final SecondPhase secondPhase;
    private final Lifeline lifeline;
    private final FirstPhase firstPhase;
    private final Branch.Work work = this::prepareAtItsGate;
    private volatile Branch branch;
    private volatile boolean isAssociated;

    /**
     * The resource of one connection.
     *
     * @param session its SQL
     * @param local the transactions of this process
     * @param database where it leads
     * @param whenBroken told when the connection has been given up
     */
    ParticipantResource(
            BranchSession session,
            LocalTransactions local,
            ParticipantDatabase database,
            Consumer<SQLException> whenBroken) {
        this.session = session;
        this.local = local;
        this.database = database;
        this.secondPhase = new SecondPhase(local);
        this.lifeline = new Lifeline(session, whenBroken);
        this.firstPhase = new FirstPhase(session, secondPhase, lifeline);
    }

    /** {@return whether there is a branch that is not prepared} */
    boolean isWorking() {
        Branch current = branch;
        return current != null && current.state() == Branch.State.WORKING;
    }

    /** {@return whether there is a branch that is prepared, or may be} */
    boolean isPrepared() {
        Branch current = branch;
        return current != null && current.state() != Branch.State.WORKING && !current.isOver();
    }

    /**
     * Begins or, with TMJOIN, goes on with a branch.
     *
     * <p>Preconditions: the id is from Payara's transaction manager and bears this process's coordinator name, which no other
     * process holds; no branch of the transaction is being prepared; the connection has no branch and no local transaction, or with
     * TMJOIN just this branch, ended. Postcondition: the connection works for the branch.
     *
     * @throws XAException XAER_INVAL for other flags, no xid, or one that is not from Payara's transaction manager; XAER_NOTA for TMJOIN of a
     *     branch that this connection does not have; XAER_PROTO if the connection has a branch, or the transaction is being
     *     prepared; XAER_OUTSIDE if a local transaction is open; XAER_RMERR if the name is not ours, or another resource was touched
     *     first; XAER_RMFAIL if the connection is broken
     */
    @Override
    public void start(Xid xid, int flags) throws XAException {
        if (flags == TMJOIN) {
            Branch joined = current(xid, "join");
            Preconditions.requireState(joined, Branch.State.WORKING, "join");
            Preconditions.requireEnded(joined, isAssociated, "join");
            isAssociated = true;
            return;
        }
        Preconditions.requireNoFlags("start", flags);
        Preconditions.requireXid(xid, "start");
        Preconditions.requireFree(branch, session, database, xid);
        Branch enlisted = local.enlist(database, xid, work);
        enlisted.before(Kind.START);
        try {
            session.begin(enlisted.transaction().id());
        } catch (SQLException e) {
            enlisted.transaction().markRollbackOnly();
            enlisted.failed(Kind.START, SqlFailure.of(e) == SqlFailure.NO_ANSWER, e.getMessage());
            enlisted.over(false);
            lifeline.giveUp(e);
            throw new ProtocolException(XAException.XAER_RMFAIL, "cannot start " + enlisted, e);
        }
        branch = enlisted;
        isAssociated = true;
        enlisted.after(Kind.START, Result.NONE);
    }

    /**
     * Ends the work of a branch.
     *
     * <p>Precondition: the connection works for it. Postcondition: it works for no branch.
     *
     * @throws XAException XAER_NOTA if this connection does not have the branch, XAER_PROTO if it is not at work, XAER_INVAL for
     *     TMSUSPEND or no xid
     */
    @Override
    public void end(Xid xid, int flags) throws XAException {
        Branch ending = current(xid, "end");
        Preconditions.requireNoFlags("end", flags & ~(TMSUCCESS | TMFAIL));
        Preconditions.requireAtWork(ending, isAssociated, "end");
        ending.before(Kind.END);
        isAssociated = false;
        if ((flags & TMFAIL) != 0) {
            ending.transaction().markRollbackOnly();
        }
        ending.after(Kind.END, Result.NONE);
    }

    /**
     * Prepares (P1). The commit point writes the decision row in its own branch first. If the gate of a flow has prepared the branch, it
     * gives the same answer again.
     *
     * <p>Preconditions: the work has ended; the commit point is prepared, or all that were enlisted before have voted read-only.
     * Postcondition: prepared, and only {@code commit} or {@code rollback} may follow; or over, after a read-only vote or an XA_RB error,
     * though it may be the resolver's to roll back.
     *
     * @return XA_OK; or XA_RDONLY if nothing was written: then the next branch is the commit point if this was
     * @throws XAException if the branch votes no and is rolled back: XA_RBINTEGRITY (a constraint, SQLSTATE 23…), XA_RBDEADLOCK (40P01),
     *     XA_RBTRANSIENT (40001), XA_RBTIMEOUT (57014), XA_RBPROTO if its commit point is not prepared, else, and after a listener's
     *     veto, XA_RBROLLBACK;
     *     XAER_RMFAIL if there was no answer, then call {@code rollback}; XAER_INVAL for no xid, XAER_NOTA if this connection does not
     *     have the branch, XAER_PROTO if its work goes on or it is prepared
     */
    @Override
    public int prepare(Xid xid) throws XAException {
        Branch gated = branch;
        if (gated != null && xid != null && gated.isNamed(xid) && gated.vote().isPresent()) {
            return gated.vote().getAsInt();
        }
        Branch preparing = current(xid, "prepare");
        Preconditions.requireState(preparing, Branch.State.WORKING, "prepare");
        Preconditions.requireEnded(preparing, isAssociated, "prepare");
        return firstPhase.prepare(preparing);
    }

    /** The gate of a flow prepares the connection's branch. */
    private int prepareAtItsGate() throws XAException {
        Branch preparing = branch;
        Preconditions.requireState(preparing, Branch.State.WORKING, "prepare");
        Preconditions.requireEnded(preparing, isAssociated, "prepare");
        return firstPhase.prepare(preparing);
    }

    /**
     * Commits: in two phases by {@link SecondPhase#commit}, in one if the transaction has this branch alone.
     *
     * <p>Precondition: two phases: prepared; one phase: the work has ended. Postcondition: the connection has no branch.
     *
     * @throws XAException two phases: XA_HEURRB, XAER_RMFAIL as told there. One phase: XAER_RMERR if the branch is rolled back,
     *     also because its work failed or there are other branches, XAER_RMFAIL if there was no answer. Both: XAER_INVAL for no xid,
     *     XAER_NOTA if this connection does not have the branch, XAER_PROTO if the precondition fails
     */
    @Override
    public void commit(Xid xid, boolean onePhase) throws XAException {
        Branch committing = current(xid, "commit");
        if (onePhase) {
            Preconditions.requireState(committing, Branch.State.WORKING, "commit in one phase");
            Preconditions.requireEnded(committing, isAssociated, "commit in one phase");
            firstPhase.commit(committing);
            return;
        }
        Preconditions.requireState(committing, Branch.State.PREPARED, "commit");
        secondPhase.commit(committing, lifeline.watched(() -> session.commitPrepared()));
    }

    /**
     * Rolls back: work that is not prepared at once, prepared work by {@link SecondPhase#rollback}. What has ended when the gate of a flow
     * prepared it needs nothing.
     *
     * <p>Called by another thread than the worker's, as JTA allows (an administrator's rollback, a timeout), it ends the connection,
     * too: nothing else could keep the worker's next statement from being committed by itself.
     *
     * @throws XAException XAER_NOTA if this connection does not have the branch, XAER_INVAL for no xid; XA_HEURCOM or XAER_RMFAIL as told
     *     there
     */
    @Override
    public void rollback(Xid xid) throws XAException {
        Branch gated = branch;
        if (gated != null && xid != null && gated.isNamed(xid) && gated.hasEndedAtItsGate()) {
            return;
        }
        Branch undone = current(xid, "rollback");
        if (undone.state() != Branch.State.WORKING) {
            secondPhase.rollback(undone, lifeline.watched(() -> session.rollbackPrepared()));
            return;
        }
        undone.before(Kind.ROLLBACK);
        if (undone.isForeignThread()) {
            lifeline.interrupt(undone);
        } else {
            lifeline.undo(undone);
        }
        undone.after(Kind.ROLLBACK, Result.ROLLBACK);
        undone.over(false);
    }

    /**
     * Shows the transaction manager nothing (P5): what is in doubt the resolver settles, and two would be one too many.
     *
     * @throws XAException XAER_INVAL for flags other than TMSTARTRSCAN and TMENDRSCAN
     */
    @Override
    public Xid[] recover(int flag) throws XAException {
        Preconditions.requireNoFlags("recover", flag & ~(TMSTARTRSCAN | TMENDRSCAN));
        return new Xid[0];
    }

    /**
     * There is nothing to forget: heuristic outcomes are told, not kept.
     *
     * @throws XAException XAER_NOTA, always
     */
    @Override
    public void forget(Xid xid) throws XAException {
        throw new ProtocolException(XAException.XAER_NOTA, "no heuristic outcome is kept of " + xid, null);
    }

    /** Each connection is a branch of its own. */
    @Override
    public boolean isSameRM(XAResource other) {
        return this == other;
    }

    @Override
    public int getTransactionTimeout() {
        return 0;
    }

    /** {@return false: the transaction manager keeps the time} */
    @Override
    public boolean setTransactionTimeout(int seconds) {
        return false;
    }

    /** The connection is closed; work that is not prepared went with it. */
    void closed() {
        if (isWorking()) {
            branch.over(false);
        }
    }

    private Branch current(Xid xid, String action) throws ProtocolException {
        return Preconditions.requireCurrent(branch, xid, database, action);
    }

    @Override
    public String toString() {
        Branch current = branch;
        return current == null ? "no branch" : current.toString();
    }
}
