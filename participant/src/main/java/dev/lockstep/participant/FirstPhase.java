package dev.lockstep.participant;

import dev.lockstep.participant.database.BranchSession;
import dev.lockstep.participant.database.Decision;
import dev.lockstep.participant.database.SqlFailure;
import dev.lockstep.participant.observe.Result;
import dev.lockstep.participant.observe.TransactionEvent.Kind;
import dev.lockstep.participant.observe.Veto;
import dev.lockstep.participant.transaction.Branch;
import dev.lockstep.participant.transaction.GlobalTransaction;
import dev.lockstep.participant.transaction.ProtocolException;
import dev.lockstep.participant.transaction.SecondPhase;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.sql.SQLException;
import java.util.Optional;
import javax.transaction.xa.XAException;
import javax.transaction.xa.XAResource;

/** The vote of the branch on one connection (P1), and the commit in one phase, which needs none. */
final class FirstPhase {

    /** That of the resource, whose acts these are. */
    private static final Logger LOG = System.getLogger(ParticipantResource.class.getName());

    private final BranchSession session;
    private final SecondPhase secondPhase;
    private final Lifeline lifeline;

    /**
     * The one of a connection.
     *
     * @param session its SQL
     * @param secondPhase rolls a vetoed branch back
     * @param lifeline how the connection ends
     */
    FirstPhase(BranchSession session, SecondPhase secondPhase, Lifeline lifeline) {
        this.session = session;
        this.secondPhase = secondPhase;
        this.lifeline = lifeline;
    }

    /**
     * Prepares.
     *
     * <p>Precondition: the branch is WORKING, and its work has ended.
     *
     * @return XA_OK or XA_RDONLY
     * @throws XAException as {@link ParticipantResource#prepare} tells
     */
    int prepare(Branch preparing) throws XAException {
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
            return XAResource.XA_RDONLY;
        }
        Optional<Veto> veto = preparing.prepared();
        if (veto.isPresent()) {
            throw vetoed(preparing, veto.get());
        }
        return XAResource.XA_OK;
    }

    /** False if it is committed at once, since there is nothing to commit. */
    private boolean prepareUnlessReadOnly(Branch preparing) throws SQLException {
        GlobalTransaction transaction = preparing.transaction();
        Optional<Decision> decision = preparing.isCommitPoint()
                ? Optional.of(new Decision(
                        transaction.id(),
                        transaction.followers(preparing),
                        preparing.database().limits().retention()))
                : Optional.empty();
        if (session.prepareIfWritten(preparing.id(), decision)) {
            return true;
        }
        transaction.readOnly(preparing);
        session.commitUnwritten();
        return false;
    }

    /** A vote of no by a branch that is prepared (P4): without an answer the resolver rolls it back, since nobody can commit it any more. */
    private XAException vetoed(Branch preparing, Veto veto) {
        ProtocolException no =
                new ProtocolException(XAException.XA_RBROLLBACK, "vetoed, so it votes no: " + preparing, veto);
        LOG.log(Level.WARNING, no.getMessage());
        preparing.transaction().votesNo();
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
     * Commits in one phase.
     *
     * <p>Precondition: the branch is WORKING, and its work has ended.
     *
     * @throws XAException as {@link ParticipantResource#commit} tells
     */
    void commit(Branch committing) throws XAException {
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
}
