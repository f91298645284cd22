package dev.lockstep.participant;

import dev.lockstep.participant.coordinator.Branch;
import dev.lockstep.participant.coordinator.Coordinator;
import dev.lockstep.participant.coordinator.ProtocolException;
import dev.lockstep.participant.coordinator.SecondPhase;
import dev.lockstep.participant.database.Decision;
import dev.lockstep.participant.database.DecisionTable;
import dev.lockstep.participant.database.ParticipantDatabase;
import dev.lockstep.participant.database.SqlFailure;
import dev.lockstep.participant.observe.TransactionEvent.Kind;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.sql.ConnectionEvent;
import javax.sql.ConnectionEventListener;
import javax.transaction.xa.XAException;
import javax.transaction.xa.XAResource;
import javax.transaction.xa.Xid;
import org.postgresql.core.BaseConnection;
import org.postgresql.core.TransactionState;
import org.postgresql.xa.PGXAConnection;

/**
 * A pooled connection. pgjdbc keeps the association of work with a branch and speaks SQL; this class gives each branch its name,
 * writes the decision row (P1) and leaves the second phase to {@link SecondPhase}.
 *
 * <p>A connection has one branch at a time, with the states of {@link Branch.State}. What pgjdbc requires holds here too:
 * suspending and interleaving are not supported, {@code end} follows {@code start}, {@code prepare} follows {@code end}.
 */
final class ParticipantConnection extends PGXAConnection {

    private static final Logger LOG = System.getLogger(ParticipantConnection.class.getName());

    private final BaseConnection physical;
    private final Coordinator coordinator;
    private final ParticipantDatabase database;
    private final SecondPhase secondPhase;
    private final List<ConnectionEventListener> listeners = new CopyOnWriteArrayList<>();
    private PreparedStatement insertDecision;
    private volatile Branch branch;

    ParticipantConnection(BaseConnection physical, Coordinator coordinator, ParticipantDatabase database)
            throws SQLException {
        super(physical);
        this.physical = physical;
        this.coordinator = coordinator;
        this.database = database;
        this.secondPhase = new SecondPhase(coordinator);
    }

    /**
     * Begins or, with TMJOIN, goes on with a branch.
     *
     * <p>Preconditions: the id is from Payara's transaction manager and bears this process's coordinator name, which no other
     * process holds; no branch of the transaction is being prepared; this connection has no branch, or with TMJOIN just this one.
     * Postcondition: the connection works for the branch.
     *
     * @throws XAException XAER_INVAL, XAER_PROTO or XAER_RMERR if a precondition fails or the server does not answer
     */
    @Override
    public void start(Xid xid, int flags) throws XAException {
        if (flags != XAResource.TMNOFLAGS) {
            super.start(current(xid, "start with flags " + flags).id(), flags);
            return;
        }
        Branch enlisted = coordinator.enlist(database, xid);
        enlisted.before(Kind.START);
        try {
            super.start(enlisted.id(), flags);
        } catch (XAException e) {
            enlisted.transaction().failToStart();
            enlisted.after(Kind.START, e.getMessage());
            enlisted.over(false);
            throw broken(e, enlisted);
        }
        branch = enlisted;
        enlisted.after(Kind.START, "");
    }

    /**
     * Ends the work of a branch.
     *
     * <p>Precondition: the connection works for it. Postcondition: it works for no branch.
     *
     * @throws XAException XAER_NOTA if this connection does not have the branch, XAER_PROTO if it is not at work
     */
    @Override
    public void end(Xid xid, int flags) throws XAException {
        Branch ending = current(xid, "end");
        ending.before(Kind.END);
        super.end(ending.id(), flags);
        ending.after(Kind.END, "");
    }

    /**
     * Prepares (P1). The commit point writes the decision row in its own branch first.
     *
     * <p>Preconditions: the work has ended; the commit point is prepared, or is this branch. Postcondition: prepared, and only
     * {@code commit} or {@code rollback} may follow; or, after an XA_RB error, rolled back.
     *
     * @return XA_OK, never XA_RDONLY: a read-only branch is prepared, too
     * @throws XAException XA_RB… if the branch votes no and is rolled back; XAER_RMFAIL if there was no answer, then call
     *     {@code rollback}
     */
    @Override
    public int prepare(Xid xid) throws XAException {
        Branch preparing = current(xid, "prepare");
        preparing.before(Kind.PREPARE);
        try {
            preparing.transaction().prepare(preparing);
            requireSound();
            limitWait(database.limits().command().toMillis());
            if (preparing.isCommitPoint()) {
                insertDecision(preparing);
            }
            super.prepare(preparing.id());
        } catch (SQLException e) {
            throw voteNo(preparing, e);
        } catch (ProtocolException e) {
            undo(preparing);
            preparing.after(Kind.PREPARE, e.getMessage());
            preparing.over(false);
            throw e;
        } catch (XAException e) {
            if (!(e.getCause() instanceof SQLException failure)) {
                throw e; // pgjdbc's precondition: nothing was sent
            }
            throw voteNo(preparing, failure);
        }
        preparing.prepared();
        preparing.after(Kind.PREPARE, "PREPARED");
        return XA_OK;
    }

    /**
     * After a failed statement the server answers PREPARE or COMMIT with ROLLBACK, which is no error; pgjdbc's prepare takes it for a yes.
     */
    private void requireSound() throws SQLException {
        if (physical.getTransactionState() == TransactionState.FAILED) {
            throw new SQLException("a statement failed, and the server has given the transaction up", "25P02");
        }
    }

    private void insertDecision(Branch commitPoint) throws SQLException {
        if (insertDecision == null) {
            insertDecision = DecisionTable.insert(physical);
        }
        DecisionTable.bind(
                insertDecision,
                new Decision(
                        commitPoint.id().global(), commitPoint.transaction().followers()),
                database.limits().retention());
        insertDecision.executeUpdate();
    }

    /** After a refusal the branch is rolled back here; without an answer it is perhaps prepared. */
    private XAException voteNo(Branch preparing, SQLException failure) {
        preparing.after(Kind.PREPARE, failure.getMessage());
        if (SqlFailure.of(failure) == SqlFailure.NO_ANSWER) {
            preparing.perhapsPrepared();
            giveUp(failure);
            return new ProtocolException(XAException.XAER_RMFAIL, "no answer to the prepare of " + preparing, failure);
        }
        undo(preparing);
        preparing.over(false);
        return new ProtocolException(rollbackCode(failure), "votes no: " + preparing, failure);
    }

    /**
     * Commits: in two phases by {@link SecondPhase#commit}, in one if the transaction has this branch alone.
     *
     * <p>Precondition: two phases: prepared; one phase: the work has ended. Postcondition: the connection has no branch.
     *
     * @throws XAException two phases: XA_HEURRB, XAER_RMFAIL as told there. One phase: XAER_RMERR if the branch is rolled back,
     *     XAER_RMFAIL if there was no answer, XAER_PROTO if there are other branches
     */
    @Override
    public void commit(Xid xid, boolean onePhase) throws XAException {
        Branch committing = current(xid, "commit");
        if (onePhase) {
            commitOnePhase(committing);
            return;
        }
        if (committing.state() != Branch.State.PREPARED) {
            throw new ProtocolException(XAException.XAER_PROTO, "cannot commit " + committing, null);
        }
        try {
            secondPhase.commit(committing, () -> send(() -> super.commit(committing.id(), false)));
        } finally {
            relax();
        }
    }

    private void commitOnePhase(Branch committing) throws XAException {
        if (!committing.transaction().isAlone()) {
            throw new ProtocolException(
                    XAException.XAER_PROTO, "one phase is not enough for " + committing + ", there are others", null);
        }
        committing.before(Kind.COMMIT);
        try {
            requireSound();
            super.commit(committing.id(), true);
        } catch (SQLException e) {
            throw failOnePhase(committing, e);
        } catch (XAException e) {
            if (!(e.getCause() instanceof SQLException failure)) {
                throw e; // pgjdbc's precondition: nothing was sent
            }
            throw failOnePhase(committing, failure);
        }
        committing.after(Kind.COMMIT, "COMMIT");
        committing.over(true);
    }

    private XAException failOnePhase(Branch committing, SQLException failure) {
        committing.after(Kind.COMMIT, failure.getMessage());
        boolean isUnknown = SqlFailure.of(failure) == SqlFailure.NO_ANSWER;
        if (isUnknown) {
            giveUp(failure);
        } else {
            undo(committing);
        }
        committing.over(false);
        return new ProtocolException(
                isUnknown ? XAException.XAER_RMFAIL : XAException.XAER_RMERR,
                (isUnknown ? "no answer to the commit of " : "rolled back: ") + committing,
                failure);
    }

    /**
     * Rolls back: work that is not prepared at once, prepared work by {@link SecondPhase#rollback}.
     *
     * <p>Called by another thread than the worker's (JTS's timeout), it ends the connection, too: nothing else could keep the
     * worker's next statement from being committed by itself.
     *
     * @throws XAException XAER_NOTA if this connection does not have the branch; XA_HEURCOM or XAER_RMFAIL as told there
     */
    @Override
    public void rollback(Xid xid) throws XAException {
        Branch undone = current(xid, "rollback");
        if (undone.state() != Branch.State.WORKING) {
            try {
                secondPhase.rollback(undone, () -> send(() -> super.rollback(undone.id())));
            } finally {
                relax();
            }
            return;
        }
        undone.before(Kind.ROLLBACK);
        if (undone.isForeignThread()) {
            interrupt(undone);
        } else {
            undo(undone);
        }
        undone.after(Kind.ROLLBACK, "DONE");
        undone.over(false);
    }

    /** What is not prepared is gone with the connection, so a failure to say so changes nothing. */
    private void undo(Branch undone) {
        try {
            super.rollback(undone.id());
        } catch (XAException e) {
            LOG.log(Level.DEBUG, "The rollback of " + undone + " got no answer", e);
            giveUp(e.getCause() instanceof SQLException failure ? failure : new SQLException(e));
        }
        relax();
    }

    private void interrupt(Branch undone) {
        LOG.log(
                Level.WARNING,
                "Rolled back by another thread while it may be at work, so its connection is closed: " + undone);
        try {
            physical.cancelQuery();
        } catch (SQLException e) {
            LOG.log(Level.DEBUG, "The statement under way could not be cancelled", e);
        }
        giveUp(new SQLException("rolled back by another thread: " + undone, "08003"));
    }

    /** Shows the transaction manager nothing (P5): what is in doubt the resolver settles, and two would be one too many. */
    @Override
    public Xid[] recover(int flag) throws XAException {
        if ((flag & ~(TMSTARTRSCAN | TMENDRSCAN)) != 0) {
            throw new ProtocolException(XAException.XAER_INVAL, "recover with flags " + flag, null);
        }
        return new Xid[0];
    }

    /** Closes the physical connection. A branch that is not prepared goes with it. */
    @Override
    public void close() throws SQLException {
        super.close();
        Branch lost = branch;
        if (lost != null && lost.state() == Branch.State.WORKING) {
            lost.over(false);
        }
    }

    @Override
    public void addConnectionEventListener(ConnectionEventListener listener) {
        super.addConnectionEventListener(listener);
        listeners.add(listener);
    }

    @Override
    public void removeConnectionEventListener(ConnectionEventListener listener) {
        super.removeConnectionEventListener(listener);
        listeners.remove(listener);
    }

    private Branch current(Xid xid, String action) throws ProtocolException {
        Branch current = branch;
        if (xid == null) {
            throw new ProtocolException(XAException.XAER_INVAL, "cannot " + action + " a null xid", null);
        }
        if (current == null || current.state() == Branch.State.OVER || !current.isNamed(xid)) {
            throw new ProtocolException(
                    XAException.XAER_NOTA,
                    "cannot " + action + " " + xid + " on this connection to " + database + ", which has "
                            + (current == null ? "no branch" : current),
                    null);
        }
        return current;
    }

    /** An XA call of pgjdbc that sends one statement. */
    @FunctionalInterface
    private interface XaCall {
        void run() throws XAException;
    }

    /** Sends a statement by pgjdbc's XA; connection failures end the connection for good. */
    private void send(XaCall call) throws SQLException {
        try {
            call.run();
        } catch (XAException e) {
            SQLException failure = e.getCause() instanceof SQLException cause ? cause : new SQLException(e);
            if (SqlFailure.isConnectionLost(failure)) {
                giveUp(failure);
            }
            throw failure;
        }
    }

    private XAException broken(XAException e, Branch starting) {
        if (e.getCause() instanceof SQLException failure && SqlFailure.isConnectionLost(failure)) {
            giveUp(failure);
        }
        return new ProtocolException(e.errorCode, "cannot start " + starting, e);
    }

    /** Closes a connection that is of no more use, and tells the pool, which pgjdbc does not (its issue 4445). */
    private void giveUp(SQLException reason) {
        try {
            physical.abort(Runnable::run);
        } catch (SQLException e) {
            LOG.log(Level.DEBUG, "A broken connection could not be closed", e);
        }
        ConnectionEvent event = createConnectionEvent(reason);
        listeners.forEach(listener -> listener.connectionErrorOccurred(event));
    }

    private int ordinaryWait = -1;

    private void limitWait(long millis) throws SQLException {
        if (ordinaryWait < 0) {
            ordinaryWait = physical.getNetworkTimeout();
        }
        physical.setNetworkTimeout(Runnable::run, Math.toIntExact(millis));
    }

    private void relax() {
        try {
            if (ordinaryWait >= 0 && !physical.isClosed()) {
                physical.setNetworkTimeout(Runnable::run, ordinaryWait);
            }
        } catch (SQLException e) {
            giveUp(e);
        }
    }

    private static int rollbackCode(SQLException failure) {
        String state = String.valueOf(failure.getSQLState());
        if (state.startsWith("23")) {
            return XAException.XA_RBINTEGRITY;
        }
        return switch (state) {
            case "40P01" -> XAException.XA_RBDEADLOCK;
            case "40001" -> XAException.XA_RBTRANSIENT;
            case "57014" -> XAException.XA_RBTIMEOUT;
            default -> XAException.XA_RBROLLBACK;
        };
    }
}
