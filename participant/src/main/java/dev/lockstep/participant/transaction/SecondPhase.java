package dev.lockstep.participant.transaction;

import dev.lockstep.participant.database.Session;
import dev.lockstep.participant.database.SqlFailure;
import dev.lockstep.participant.flow.Outcome;
import dev.lockstep.participant.observe.Resolution;
import dev.lockstep.participant.observe.Result;
import dev.lockstep.participant.observe.TransactionEvent.Kind;
import dev.lockstep.participant.observe.Transactions;
import dev.lockstep.participant.observe.UndecidableBranch;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.sql.SQLException;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import javax.transaction.xa.XAException;

/**
 * The rules P2, P3 and P4 for prepared branches. A branch is ended on the connection that prepared it; if there is no answer, once
 * more on a fresh one; what then is still open the resolver does.
 */
public final class SecondPhase {

    /** Why a holder's commit is refused. */
    static final String NOT_RELEASED = "its superior has not decided to commit";

    private static final Logger LOG = System.getLogger(SecondPhase.class.getName());

    private final LocalTransactions local;

    /** How an attempt to end a branch ended. */
    private enum Reply {
        DONE,
        NOT_THERE,
        /** The server will not do it for us, and nobody else does it by himself. */
        REFUSED,
        NO_ANSWER;

        Result toRollback() {
            return switch (this) {
                case DONE -> Result.ROLLBACK;
                case NOT_THERE -> Result.NOT_THERE;
                case REFUSED -> Result.REFUSED;
                case NO_ANSWER -> Result.NO_ANSWER;
            };
        }
    }

    /**
     * The rules, for the transactions of one process.
     *
     * @param local knows the databases
     */
    public SecondPhase(LocalTransactions local) {
        this.local = local;
    }

    /**
     * Commits a prepared branch.
     *
     * <p>Precondition: the branch is prepared, and so are all of its transaction. Postcondition: the branch is over.
     *
     * @param branch the branch
     * @param ownConnection sends COMMIT PREPARED on the connection that prepared it
     * @throws ProtocolException XA_HEURRB if the transaction is rolled back; XAER_RMFAIL if its outcome cannot be told now; XA_HEURMIX if
     *     it is committed, but the server refuses this follower's commit, which an operator has to do. Without an exception it is
     *     committed, though a follower's commit may still be the resolver's to finish.
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

    /** {@return whether this process may send a commit: it decides alone, or its superior has decided (F5)} */
    boolean mayDecide(GlobalTransaction transaction) {
        return transaction.gate().map(Gate::isReleased).orElse(true);
    }

    private void commitOrTell(Branch branch, Ending ownConnection) throws ProtocolException {
        if (branch.isCommitPoint() && !mayDecide(branch.transaction())) {
            throw new ProtocolException(XAException.XAER_PROTO, "cannot commit " + branch + ": " + NOT_RELEASED, null);
        }
        Kind kind = branch.isCommitPoint() ? Kind.DECISION : Kind.COMMIT;
        branch.before(kind);
        Outcome outcome = branch.isCommitPoint() ? decide(branch, ownConnection) : ask(branch.transaction());
        Reply reply = outcome == Outcome.COMMIT && !branch.isCommitPoint() ? follow(branch, ownConnection) : Reply.DONE;
        if (outcome == Outcome.ROLLBACK && !branch.isCommitPoint()) {
            rollbackElsewhere(branch);
        }
        branch.after(kind, outcome == Outcome.COMMIT && reply != Reply.DONE ? Result.COMMIT_PENDING : result(outcome));
        if (outcome != Outcome.COMMIT) {
            throw notCommitted(branch, outcome);
        }
        if (reply == Reply.REFUSED) {
            throw new ProtocolException(
                    XAException.XA_HEURMIX,
                    "its transaction is committed, but not yet " + branch + ", which is refused",
                    null);
        }
        branch.over(reply == Reply.DONE);
    }

    private static ProtocolException notCommitted(Branch branch, Outcome outcome) {
        return outcome == Outcome.ROLLBACK
                ? new ProtocolException(
                        XAException.XA_HEURRB, "cannot commit " + branch + ": its transaction was rolled back", null)
                : new ProtocolException(
                        XAException.XAER_RMFAIL,
                        "cannot tell the outcome of " + branch
                                + ": no answer from the commit point's database; the resolver will settle it",
                        null);
    }

    private static Result result(Outcome outcome) {
        return switch (outcome) {
            case UNKNOWN -> Result.UNKNOWN;
            case COMMIT -> Result.COMMIT;
            case ROLLBACK -> Result.ROLLBACK;
        };
    }

    /** P2. */
    private Outcome decide(Branch branch, Ending ownConnection) {
        GlobalTransaction transaction = branch.transaction();
        transaction.decideToCommit();
        Reply reply = attempt(branch, ownConnection, refusal -> {});
        return transaction.learn(reply == Reply.DONE ? Outcome.COMMIT : look(transaction, reply != Reply.NOT_THERE));
    }

    /** P3: what is known, or can be learned, of the decision. */
    Outcome ask(GlobalTransaction transaction) {
        return transaction.outcome() == Outcome.UNKNOWN
                ? transaction.learn(look(transaction, false))
                : transaction.outcome();
    }

    /** P3, decided to commit. Without an answer it is left to the resolver. */
    private static Reply follow(Branch follower, Ending ownConnection) {
        Reply reply = end(follower, ownConnection, Resolution.COMMIT);
        if (reply != Reply.DONE && reply != Reply.REFUSED) {
            LOG.log(Level.WARNING, "Committed, but left to the resolver: " + follower);
        }
        return reply;
    }

    /** P3, decided to roll back. The pooled connection knows how to commit only. */
    private static void rollbackElsewhere(Branch follower) {
        endBeside(follower, Resolution.ROLLBACK);
    }

    /**
     * Rolls a branch back that is prepared, or perhaps is (P4).
     *
     * <p>Postcondition: the branch is over; if there was no answer, the resolver rolls it back.
     *
     * @param branch the branch
     * @param ownConnection sends ROLLBACK PREPARED on the connection that prepared it
     * @throws ProtocolException XA_HEURCOM if the transaction is committed; XAER_RMFAIL if that cannot be told, or if there was no
     *     answer; XAER_RMERR if the server refuses it, then an operator has to do it
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
        boolean mayBeDecided = transaction.mayBeDecided();
        Outcome outcome = mayBeDecided ? ask(transaction) : transaction.outcome();
        boolean isAllowed = outcome == Outcome.ROLLBACK || !mayBeDecided;
        Reply reply = isAllowed ? end(branch, ownConnection, Resolution.ROLLBACK) : Reply.NO_ANSWER;
        if (branch.isCommitPoint() && isAllowed && (reply == Reply.DONE || reply == Reply.NOT_THERE)) {
            transaction.learn(Outcome.ROLLBACK); // nobody else commits a commit point, and it was not told to
        }
        branch.after(Kind.ROLLBACK, isAllowed ? reply.toRollback() : result(outcome));
        String where = branch.toString();
        branch.over(false);
        if (!isAllowed) {
            throw new ProtocolException(
                    outcome == Outcome.COMMIT ? XAException.XA_HEURCOM : XAException.XAER_RMFAIL,
                    "cannot roll " + where + " back: "
                            + (transaction.isDecidedToCommit()
                                    ? "COMMIT PREPARED was sent to the commit point"
                                    : "it has voted yes, and follows "
                                            + branch.id().global())
                            + ", outcome " + outcome,
                    null);
        }
        if (reply == Reply.REFUSED) {
            throw new ProtocolException(XAException.XAER_RMERR, "the rollback of " + where + " is refused", null);
        }
        if (reply == Reply.NO_ANSWER) {
            throw new ProtocolException(
                    XAException.XAER_RMFAIL,
                    "no answer to the rollback of " + where + "; the resolver will do it",
                    null);
        }
    }

    /** On the connection that prepared it; if that does not do it, on a fresh one, whose word counts. */
    private static Reply end(Branch branch, Ending ownConnection, Resolution resolution) {
        Reply reply = attempt(branch, ownConnection, refusal -> {});
        boolean isEnough = reply == Reply.DONE || (reply == Reply.NOT_THERE && resolution == Resolution.ROLLBACK);
        return isEnough ? reply : endBeside(branch, resolution);
    }

    private static Reply endBeside(Branch branch, Resolution resolution) {
        Ending beside = () -> {
            try (Session session = branch.database().open()) {
                switch (resolution) {
                    case COMMIT -> session.seeCommitted(branch.id());
                    case ROLLBACK -> session.rollbackPrepared(branch.id());
                }
            }
        };
        return attempt(branch, beside, refusal -> tellRefusal(branch, resolution, refusal));
    }

    /** At once; the resolver tries again, and tells as long as it is refused. */
    private static void tellRefusal(Branch branch, Resolution resolution, SQLException refusal) {
        UndecidableBranch refused = UndecidableBranch.refused(
                branch.id().gid(), branch.database().id().name(), resolution, refusal.getMessage());
        LOG.log(
                Level.WARNING,
                "Decided, but not carried out: " + refused.gid() + " in " + refused.participant() + ": "
                        + refused.reason());
        Transactions.reportUndecidable(branch.database().id().toString(), refused);
    }

    private static Reply attempt(Branch branch, Ending ending, Consumer<SQLException> whenRefused) {
        try {
            ending.send();
            return Reply.DONE;
        } catch (SQLException e) {
            SqlFailure failure = SqlFailure.of(e);
            LOG.log(Level.INFO, "{0}: {1} ({2})", branch, e.getMessage(), failure);
            if (failure == SqlFailure.NOT_THERE) {
                return Reply.NOT_THERE;
            }
            if (!SqlFailure.isRefusalForGood(e)) {
                return Reply.NO_ANSWER;
            }
            whenRefused.accept(e);
            return Reply.REFUSED;
        }
    }

    /**
     * The look of P2 and P3, in R2's order: is the commit point still prepared? Then, in a later snapshot, is its row there? Then the
     * barrier. One that is still prepared may be told to commit once more, by P2 alone.
     */
    private Outcome look(GlobalTransaction transaction, boolean mayCommit) {
        Optional<Keeper> keeper = transaction.keeper();
        if (keeper.isEmpty()) {
            return Outcome.UNKNOWN; // nobody has voted yes yet
        }
        try {
            Outcome seen = keeper.get().member() instanceof Branch commitPoint
                    ? lookHere(commitPoint, mayCommit)
                    : new LookElsewhere(local, transaction, keeper.get()).look();
            transaction.isNews("");
            return seen;
        } catch (SQLException e) {
            LOG.log(
                    transaction.isNews(e.getMessage()) ? Level.WARNING : Level.DEBUG,
                    "No look at the decision of " + transaction.id() + " in "
                            + keeper.get().database().name() + ": " + e.getMessage());
            return Outcome.UNKNOWN;
        }
    }

    private static Outcome lookHere(Branch commitPoint, boolean mayCommit) throws SQLException {
        GlobalTransaction transaction = commitPoint.transaction();
        try (Session session = commitPoint.database().open()) {
            if (session.isPrepared(commitPoint.id())) {
                if (!mayCommit) {
                    return Outcome.UNKNOWN;
                }
                try {
                    session.commitPrepared(commitPoint.id());
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
            return transaction.mayConcludeFromMissingRow() ? Outcome.ROLLBACK : Outcome.UNKNOWN;
        }
    }
}
