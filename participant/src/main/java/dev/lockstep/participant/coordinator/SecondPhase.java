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
        Kind kind = branch.isCommitPoint() ? Kind.DECISION : Kind.COMMIT;
        branch.before(kind);
        Outcome outcome = branch.isCommitPoint() ? decide(branch, ownConnection) : follow(branch, ownConnection);
        if (outcome != Outcome.COMMIT) {
            branch.transaction().leaveToResolver();
        }
        branch.after(kind, outcome.name());
        String where = branch.toString();
        branch.over();
        switch (outcome) {
            case COMMIT -> LOG.log(Level.TRACE, "Committed {0}", where);
            case ABORT ->
                throw new ProtocolException(
                        XAException.XA_HEURRB, "cannot commit " + where + ": its transaction was rolled back", null);
            case UNKNOWN ->
                throw new ProtocolException(
                        XAException.XAER_RMFAIL,
                        "cannot tell the outcome of " + where
                                + ": no answer from the commit point's database; the resolver will settle it",
                        null);
        }
    }

    /** P2. */
    private Outcome decide(Branch branch, Ending ownConnection) {
        GlobalTransaction transaction = branch.transaction();
        transaction.decideToCommit();
        Reply reply = attempt(branch, ownConnection);
        return transaction.learn(reply == Reply.DONE ? Outcome.COMMIT : look(transaction, reply == Reply.NO_ANSWER));
    }

    /** P3. */
    private Outcome follow(Branch branch, Ending ownConnection) {
        GlobalTransaction transaction = branch.transaction();
        Outcome outcome = transaction.outcome() == Outcome.UNKNOWN
                ? transaction.learn(look(transaction, false))
                : transaction.outcome();
        switch (outcome) {
            case COMMIT -> {
                if (end(branch, ownConnection, Session::commitPrepared) == Reply.NO_ANSWER) {
                    LOG.log(Level.WARNING, "Committed, but left to the resolver: " + branch);
                    transaction.leaveToResolver();
                }
            }
            case ABORT -> end(branch, () -> rollbackElsewhere(branch), Session::rollbackPrepared);
            case UNKNOWN -> LOG.log(Level.WARNING, "Left in doubt for now: " + branch);
        }
        return outcome;
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
        branch.before(Kind.ROLLBACK);
        GlobalTransaction transaction = branch.transaction();
        Outcome outcome = transaction.isDecidedToCommit() && transaction.outcome() == Outcome.UNKNOWN
                ? transaction.learn(look(transaction, false))
                : transaction.outcome();
        boolean isAllowed = outcome == Outcome.ABORT || !transaction.isDecidedToCommit();
        Reply reply = isAllowed ? end(branch, ownConnection, Session::rollbackPrepared) : Reply.NO_ANSWER;
        branch.after(Kind.ROLLBACK, isAllowed ? reply.name() : outcome.name());
        String where = branch.toString();
        branch.over();
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

    private Reply end(Branch branch, Ending ownConnection, Beside fresh) {
        Reply reply = attempt(branch, ownConnection);
        return reply == Reply.NO_ANSWER
                ? attempt(branch, () -> {
                    try (Session session = branch.database().open()) {
                        fresh.end(session, branch.id());
                    }
                })
                : reply;
    }

    private static void rollbackElsewhere(Branch branch) throws SQLException {
        throw new SQLException("a rollback of a commit is not for the pooled connection: " + branch);
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
     * The look of P2 and P3, in R2's order: is the commit point still prepared? Then, in a later snapshot, is its row there? One that is
     * still prepared may be told to commit once more, by P2 alone.
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
            if (!session.decided(Set.of(transaction.id())).isEmpty()) {
                return Outcome.COMMIT;
            }
            return transaction.mayConcludeFromMissingRow(database.limits().retention())
                    ? Outcome.ABORT
                    : Outcome.UNKNOWN;
        } catch (SQLException e) {
            LOG.log(
                    Level.WARNING,
                    "No look at the decision of " + transaction.id() + " in " + database + ": " + e.getMessage());
            return Outcome.UNKNOWN;
        }
    }
}
