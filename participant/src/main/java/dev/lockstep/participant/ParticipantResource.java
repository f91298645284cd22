package dev.lockstep.participant;

import dev.lockstep.participant.database.BranchSession;
import dev.lockstep.participant.database.Decision;
import dev.lockstep.participant.database.ParticipantDatabase;
import dev.lockstep.participant.database.SqlFailure;
import dev.lockstep.participant.observe.Result;
import dev.lockstep.participant.observe.TransactionEvent.Kind;
import dev.lockstep.participant.observe.Veto;
import dev.lockstep.participant.transaction.Branch;
import dev.lockstep.participant.transaction.GlobalTransaction;
import dev.lockstep.participant.transaction.LocalTransactions;
import dev.lockstep.participant.transaction.ProtocolException;
import dev.lockstep.participant.transaction.SecondPhase;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.sql.SQLException;
import java.util.Optional;
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

    private static final Logger LOG = System.getLogger(ParticipantResource.class.getName());

    private final BranchSession session;
    private final LocalTransactions local;
    private final ParticipantDatabase database;
    private final SecondPhase secondPhase;
    private final Lifeline lifeline;
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
    }

    /** {@return whether there is a branch that is not prepared} */
    boolean isWorking() {
        Branch current = branch;
        return current != null && current.state() == Branch.State.WORKING;
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
        Branch enlisted = local.enlist(database, xid, () -> isAssociated || session.hasWritten());
        enlisted.before(Kind.START);
        try {
            session.begin(enlisted.id());
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
     * Prepares (P1). The commit point writes the decision row in its own branch first.
     *
     * <p>Preconditions: the work has ended; the commit point is prepared or has voted read-only, or is this branch. Postcondition:
     * prepared, and only {@code commit} or {@code rollback} may follow; or over, after a read-only vote or an XA_RB error, though it may
     * be the resolver's to roll back.
     *
     * @return XA_OK; or XA_RDONLY if nothing was written, and, from the commit point, if nobody else wrote either
     * @throws XAException if the branch votes no and is rolled back: XA_RBINTEGRITY (a constraint, SQLSTATE 23…), XA_RBDEADLOCK (40P01),
     *     XA_RBTRANSIENT (40001), XA_RBTIMEOUT (57014), XA_RBPROTO if its commit point is not prepared, else, and after a listener's
     *     veto, XA_RBROLLBACK;
     *     XAER_RMFAIL if there was no answer, then call {@code rollback}; XAER_INVAL for no xid, XAER_NOTA if this connection does not
     *     have the branch, XAER_PROTO if its work goes on or it is prepared
     */
    @Override
    public int prepare(Xid xid) throws XAException {
        Branch preparing = current(xid, "prepare");
        Preconditions.requireState(preparing, Branch.State.WORKING, "prepare");
        Preconditions.requireEnded(preparing, isAssociated, "prepare");
        preparing.before(Kind.PREPARE);
        boolean isPrepared;
        try {
            preparing.transaction().prepare(preparing);
            isPrepared = prepareUnlessReadOnly(preparing);
        } catch (SQLException e) {
            throw voteNo(preparing, e);
        } catch (ProtocolException e) {
            lifeline.undo(preparing);
            preparing.failed(Kind.PREPARE, false, e.getMessage());
            preparing.over(false);
            throw told(e);
        }
        if (!isPrepared) {
            preparing.after(Kind.PREPARE, Result.READ_ONLY);
            preparing.over(true);
            return XA_RDONLY;
        }
        Optional<Veto> veto = preparing.prepared();
        if (veto.isPresent()) {
            throw vetoed(preparing, veto.get());
        }
        return XA_OK;
    }

    /** False if it is committed at once, since there is nothing to commit. */
    private boolean prepareUnlessReadOnly(Branch preparing) throws SQLException {
        GlobalTransaction transaction = preparing.transaction();
        if (transaction.isReadOnly()) {
            session.requireUnwritten();
        } else if (!preparing.isCommitPoint()) {
            if (session.prepareIfWritten(Optional.empty())) {
                return true;
            }
        } else {
            Decision decision = new Decision(
                    transaction.id(), transaction.followers(), database.limits().retention());
            if (session.prepareIfWritten(Optional.of(decision))) {
                return true;
            }
            if (transaction.mayFollowersHaveWritten()) {
                session.prepareUnwritten(decision);
                return true;
            }
            transaction.voteReadOnly();
        }
        session.commitUnwritten();
        return false;
    }

    /** A vote of no by a branch that is prepared (P4): without an answer the resolver rolls it back, since nobody can commit it any more. */
    private XAException vetoed(Branch preparing, Veto veto) {
        ProtocolException no =
                new ProtocolException(XAException.XA_RBROLLBACK, "vetoed, so it votes no: " + preparing, veto);
        LOG.log(Level.WARNING, no.getMessage());
        try {
            secondPhase.rollback(preparing, lifeline.watched(() -> session.rollbackPrepared()));
        } catch (ProtocolException e) {
            LOG.log(Level.WARNING, e.getMessage());
        }
        return no;
    }

    /** After a refusal the branch is rolled back here; without an answer it is perhaps prepared. */
    private XAException voteNo(Branch preparing, SQLException failure) {
        boolean isUnanswered = SqlFailure.of(failure) == SqlFailure.NO_ANSWER;
        preparing.failed(Kind.PREPARE, isUnanswered, failure.getMessage());
        if (isUnanswered) {
            preparing.perhapsPrepared();
            lifeline.giveUp(failure);
            return told(new ProtocolException(
                    XAException.XAER_RMFAIL, "no answer to the prepare of " + preparing, failure));
        }
        lifeline.undo(preparing);
        preparing.over(false);
        return told(new ProtocolException(
                RollbackCode.of(failure), "votes no: " + preparing + ", SQLSTATE " + failure.getSQLState(), failure));
    }

    /** Payara's transaction manager tells its callers no reason. */
    private static ProtocolException told(ProtocolException vote) {
        LOG.log(Level.WARNING, "Not prepared, so its transaction is rolled back: " + vote.getMessage());
        return vote;
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
            commitOnePhase(committing);
            return;
        }
        Preconditions.requireState(committing, Branch.State.PREPARED, "commit");
        secondPhase.commit(committing, lifeline.watched(() -> session.commitPrepared()));
    }

    private void commitOnePhase(Branch committing) throws XAException {
        Preconditions.requireState(committing, Branch.State.WORKING, "commit in one phase");
        Preconditions.requireEnded(committing, isAssociated, "commit in one phase");
        Optional<String> obstacle = committing.transaction().obstacleToOnePhase();
        if (obstacle.isPresent()) {
            lifeline.undo(committing);
            committing.over(false);
            throw new ProtocolException(
                    XAException.XAER_RMERR,
                    "rolled back, for one phase is not enough for " + committing + ": " + obstacle.get(),
                    null);
        }
        committing.before(Kind.COMMIT);
        try {
            session.commit();
        } catch (SQLException e) {
            boolean isUnknown = SqlFailure.of(e) == SqlFailure.NO_ANSWER;
            committing.failed(Kind.COMMIT, isUnknown, e.getMessage());
            if (isUnknown) {
                lifeline.giveUp(e);
            } else {
                lifeline.undo(committing);
            }
            committing.over(false);
            throw new ProtocolException(
                    isUnknown ? XAException.XAER_RMFAIL : XAException.XAER_RMERR,
                    (isUnknown ? "no answer to the commit of " : "rolled back: ") + committing,
                    e);
        }
        committing.after(Kind.COMMIT, Result.COMMIT);
        committing.over(true);
    }

    /**
     * Rolls back: work that is not prepared at once, prepared work by {@link SecondPhase#rollback}.
     *
     * <p>Called by another thread than the worker's, as JTA allows (an administrator's rollback, a timeout), it ends the connection,
     * too: nothing else could keep the worker's next statement from being committed by itself.
     *
     * @throws XAException XAER_NOTA if this connection does not have the branch, XAER_INVAL for no xid; XA_HEURCOM or XAER_RMFAIL as told
     *     there
     */
    @Override
    public void rollback(Xid xid) throws XAException {
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
