package dev.lockstep.participant.resolver;

import dev.lockstep.participant.branch.BranchId;
import dev.lockstep.participant.branch.Role;
import dev.lockstep.participant.database.ParticipantDatabase;
import dev.lockstep.participant.database.Session;
import dev.lockstep.participant.database.SqlFailure;
import dev.lockstep.participant.observe.Resolution;
import dev.lockstep.participant.observe.Result;
import dev.lockstep.participant.observe.TransactionEvent;
import dev.lockstep.participant.observe.TransactionEvent.Kind;
import dev.lockstep.participant.observe.TransactionEvent.Moment;
import dev.lockstep.participant.observe.Transactions;
import dev.lockstep.participant.observe.UndecidableBranch;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Ends branches in doubt, and says in one line what was decided, for which transaction, on what evidence.
 *
 * @param sessions the connections
 * @param database which holds the branches
 * @param undecidable takes what cannot be ended
 */
record Settlement(Sessions sessions, ParticipantDatabase database, List<UndecidableBranch> undecidable) {

    private static final Logger LOG = System.getLogger(Settlement.class.getName());

    /**
     * Ends a branch as the rules say, or leaves it alone.
     *
     * @throws SQLException if its database does not answer
     */
    void carryOut(BranchId branch, Verdict verdict) throws SQLException {
        switch (verdict.evidence()) {
            case COMMIT -> end(branch, Resolution.COMMIT, verdict.because());
            case ROLLBACK -> end(branch, Resolution.ROLLBACK, verdict.because());
            case OPEN, UNKNOWN -> LOG.log(Level.TRACE, "{0} in {1} waits: {2}", branch, database, verdict.because());
        }
    }

    /** Left alone, and told. */
    void report(BranchId branch, String reason) {
        undecidable.add(new UndecidableBranch(branch.gid(), database.id().name(), reason));
    }

    /**
     * Ends a branch.
     *
     * @return what the server said instead of doing it, or empty if it is done
     * @throws SQLException if its database does not answer; it may be done
     */
    Optional<SQLException> end(BranchId branch, Resolution resolution, String evidence) throws SQLException {
        tell(branch, Moment.BEFORE, result(resolution), "");
        Optional<SQLException> refusal;
        try {
            refusal = sessions.ask(database, session -> send(session, branch, resolution));
        } catch (SQLException e) {
            LOG.log(
                    Level.INFO,
                    line(branch, resolution, evidence) + "; no answer, so it may be done: " + e.getMessage());
            tell(branch, Moment.AFTER, Result.NO_ANSWER, e.getMessage());
            throw e;
        }
        if (refusal.isEmpty()) {
            LOG.log(Level.INFO, line(branch, resolution, evidence));
        }
        tell(
                branch,
                Moment.AFTER,
                refusal.map(SqlFailure::of).map(Settlement::result).orElse(result(resolution)),
                refusal.map(SQLException::getMessage).orElse(""));
        return refusal;
    }

    private String line(BranchId branch, Resolution resolution, String evidence) {
        return resolution + " PREPARED of " + branch + " in " + database + ": " + evidence;
    }

    /** Somebody else may just have ended it, or be at it; a refusal is for good. None is a reason to give up the connection. */
    private Optional<SQLException> send(Session session, BranchId branch, Resolution resolution) throws SQLException {
        try {
            switch (resolution) {
                case COMMIT -> session.commitPrepared(branch);
                case ROLLBACK -> session.rollbackPrepared(branch);
            }
            return Optional.empty();
        } catch (SQLException e) {
            if (SqlFailure.isConnectionLost(e)) {
                throw e;
            }
            if (SqlFailure.isRefusalForGood(e)) {
                undecidable.add(
                        UndecidableBranch.refused(branch.gid(), database.id().name(), resolution, e.getMessage()));
            }
            return Optional.of(e);
        }
    }

    private static Result result(Resolution resolution) {
        return switch (resolution) {
            case COMMIT -> Result.COMMIT;
            case ROLLBACK -> Result.ROLLBACK;
        };
    }

    private static Result result(SqlFailure failure) {
        return switch (failure) {
            case NOT_THERE -> Result.NOT_THERE;
            case REFUSED -> Result.REFUSED;
            case NO_ANSWER -> Result.NO_ANSWER;
        };
    }

    private void tell(BranchId branch, Moment moment, Result result, String detail) {
        Transactions.tellOrKeep(new TransactionEvent(
                Kind.RESOLVE,
                moment,
                branch.global().text(),
                database.id().name(),
                branch.label(),
                branch.role() == Role.COMMIT_POINT,
                Instant.now(),
                result,
                String.valueOf(detail)));
    }
}
