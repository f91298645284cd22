package dev.lockstep.participant.coordinator;

import dev.lockstep.participant.branch.BranchId;
import dev.lockstep.participant.database.ParticipantDatabase;
import dev.lockstep.participant.database.Session;
import dev.lockstep.participant.database.SqlFailure;
import dev.lockstep.participant.observe.TransactionEvent.Kind;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.sql.SQLException;
import java.util.Set;
import javax.transaction.xa.XAException;

/**
 * The rules P2, P3 and P4 for prepared branches. A branch is ended on the connection that prepared it; if there is no answer, once
 * more on a fresh one; what then is still open the resolver does.
 */
public final class SecondPhase {

    private static final Logger LOG = System.getLogger(SecondPhase.class.getName());

    private final Coordinator coordinator;

    /** How an attempt to end a branch ended. */
    private enum Reply {
        DONE,
        NOT_THERE,
        NO_ANSWER
    }

    /**
     * The rules, for one coordinator.
     *
     * @param coordinator knows the databases
     */
    public SecondPhase(Coordinator coordinator) {
        this.coordinator = coordinator;
    }

    /**
     * Commits a prepared branch.
     *
     * <p>Precondition: the branch is prepared, and so are all of its transaction. Postcondition: the branch is over.
     *
     * @param branch the branch
     * @param ownConnection sends COMMIT PREPARED on the connection that prepared it
     * @throws ProtocolException XA_HEURRB if the transaction is rolled back; XAER_RMFAIL if its outcome cannot be told now. Without
     *     an exception it is committed, though a follower's commit may still be the resolver's to finish.
     */
    public void commit(Branch branch, Ending ownConnection) throws ProtocolException {
        try {
            commitOrTell(branch, ownConnection);
        } finally {
            leave(branch);
        }
    }

    /** Whatever went wrong, the transaction manager does not come back: what is not over is the resolver's. */
    private static void leave(Branch branch) {
        if (branch.state() != Branch.State.OVER) {
            branch.over(false);
        }
    }

    private void commitOrTell(Branch branch, Ending ownConnection) throws ProtocolException {
        Kind kind = branch.isCommitPoint() ? Kind.DECISION : Kind.COMMIT;
        branch.before(kind);
        Outcome outcome = branch.isCommitPoint() ? decide(branch, ownConnection) : learn(branch);
        boolean isCommitted = outcome == Outcome.COMMIT && (branch.isCommitPoint() || follow(branch, ownConnection));
        if (outcome == Outcome.ABORT && !branch.isCommitPoint()) {
            rollbackElsewhere(branch);
        }
        branch.after(kind, outcome == Outcome.COMMIT && !isCommitted ? "COMMIT_PENDING" : outcome.name());
        if (outcome != Outcome.COMMIT) {
            throw notCommitted(branch, outcome);
        }
        branch.over(isCommitted);
    }

    private static ProtocolException notCommitted(Branch branch, Outcome outcome) {
        return outcome == Outcome.ABORT
                ? new ProtocolException(
                        XAException.XA_HEURRB, "cannot commit " + branch + ": its transaction was rolled back", null)
                : new ProtocolException(
                        XAException.XAER_RMFAIL,
                        "cannot tell the outcome of " + branch
                                + ": no answer from the commit point's database; the resolver will settle it",
                        null);
    }

    /** P2. */
    private Outcome decide(Branch branch, Ending ownConnection) {
        GlobalTransaction transaction = branch.transaction();
        transaction.decideToCommit();
        Reply reply = attempt(branch, ownConnection);
        return transaction.learn(reply == Reply.DONE ? Outcome.COMMIT : look(transaction, reply == Reply.NO_ANSWER));
    }

    /** P3: what is known, or can be learned, of the decision. */
    private Outcome learn(Branch follower) {
        GlobalTransaction transaction = follower.transaction();
        return transaction.outcome() == Outcome.UNKNOWN
                ? transaction.learn(look(transaction, false))
                : transaction.outcome();
    }

    /** P3, decided to commit: false if it is left to the resolver. */
    private boolean follow(Branch follower, Ending ownConnection) {
        boolean isCommitted = attempt(follower, ownConnection) == Reply.DONE
                || attempt(follower, beside(follower, Session::seeCommitted)) == Reply.DONE;
        if (!isCommitted) {
            LOG.log(Level.WARNING, "Committed, but left to the resolver: " + follower);
        }
        return isCommitted;
    }

    /** P3, decided to abort. The pooled connection knows how to commit only. */
    private void rollbackElsewhere(Branch follower) {
        attempt(follower, beside(follower, Session::rollbackPrepared));
    }

    /**
     * Rolls a branch back that is prepared, or perhaps is (P4).
     *
     * <p>Postcondition: the branch is over; if there was no answer, the resolver rolls it back.
     *
     * @param branch the branch
     * @param ownConnection sends ROLLBACK PREPARED on the connection that prepared it
     * @throws ProtocolException XA_HEURCOM if the transaction is committed; XAER_RMFAIL if that cannot be told, or if there was no
     *     answer
     */
    public void rollback(Branch branch, Ending ownConnection) throws ProtocolException {
        try {
            rollbackOrTell(branch, ownConnection);
        } finally {
            leave(branch);
        }
    }

    private void rollbackOrTell(Branch branch, Ending ownConnection) throws ProtocolException {
        branch.before(Kind.ROLLBACK);
        GlobalTransaction transaction = branch.transaction();
        Outcome outcome = transaction.isDecidedToCommit() ? learn(branch) : transaction.outcome();
        boolean isAllowed = outcome == Outcome.ABORT || !transaction.isDecidedToCommit();
        Reply reply = isAllowed ? rollBack(branch, ownConnection) : Reply.NO_ANSWER;
        branch.after(Kind.ROLLBACK, isAllowed ? reply.name() : outcome.name());
        String where = branch.toString();
        branch.over(false);
        if (!isAllowed) {
            throw new ProtocolException(
                    outcome == Outcome.COMMIT ? XAException.XA_HEURCOM : XAException.XAER_RMFAIL,
                    "cannot roll " + where + " back: COMMIT PREPARED was sent to the commit point, outcome " + outcome,
                    null);
        }
        if (reply == Reply.NO_ANSWER) {
            throw new ProtocolException(
                    XAException.XAER_RMFAIL,
                    "no answer to the rollback of " + where + "; the resolver will do it",
                    null);
        }
    }

    /** A statement of {@link Session}. */
    @FunctionalInterface
    private interface Beside {
        void end(Session session, BranchId branch) throws SQLException;
    }

    private Reply rollBack(Branch branch, Ending ownConnection) {
        Reply reply = attempt(branch, ownConnection);
        return reply == Reply.NO_ANSWER ? attempt(branch, beside(branch, Session::rollbackPrepared)) : reply;
    }

    private static Ending beside(Branch branch, Beside statement) {
        return () -> {
            try (Session session = branch.database().open()) {
                statement.end(session, branch.id());
            }
        };
    }

    private static Reply attempt(Branch branch, Ending ending) {
        try {
            ending.send();
            return Reply.DONE;
        } catch (SQLException e) {
            SqlFailure failure = SqlFailure.of(e);
            LOG.log(Level.INFO, "{0}: {1} ({2})", branch, e.getMessage(), failure);
            return failure == SqlFailure.NOT_THERE ? Reply.NOT_THERE : Reply.NO_ANSWER;
        }
    }

    /**
     * The look of P2 and P3, in R2's order: is the commit point still prepared? Then, in a later snapshot, is its row there? Then the
     * barrier. One that is still prepared may be told to commit once more, by P2 alone.
     */
    private Outcome look(GlobalTransaction transaction, boolean mayCommit) {
        BranchId commitPoint = transaction.commitPoint().id();
        ParticipantDatabase database =
                coordinator.database(commitPoint.commitPoint()).orElseThrow();
        try (Session session = database.open()) {
            if (session.isPrepared(commitPoint)) {
                if (!mayCommit) {
                    return Outcome.UNKNOWN;
                }
                try {
                    session.commitPrepared(commitPoint);
                    return Outcome.COMMIT;
                } catch (SQLException e) {
                    if (SqlFailure.of(e) != SqlFailure.NOT_THERE) {
                        throw e;
                    }
                }
            }
            boolean isDecided = !session.decided(Set.of(transaction.id())).isEmpty();
            session.barrier();
            if (isDecided) {
                return Outcome.COMMIT;
            }
            return transaction.mayConcludeFromMissingRow() ? Outcome.ABORT : Outcome.UNKNOWN;
        } catch (SQLException e) {
            LOG.log(
                    Level.WARNING,
                    "No look at the decision of " + transaction.id() + " in " + database + ": " + e.getMessage());
            return Outcome.UNKNOWN;
        }
    }
}
