package dev.lockstep.participant.resolver;

import dev.lockstep.participant.branch.BranchId;
import dev.lockstep.participant.database.ParticipantDatabase;
import dev.lockstep.participant.database.Session;
import dev.lockstep.participant.database.SqlFailure;
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

/**
 * Ends branches in doubt, and says in one line what was decided, for which transaction, on what evidence.
 *
 * @param sessions the connections
 * @param database which holds the branches
 * @param undecidable takes what cannot be ended
 */
record Settlement(Sessions sessions, ParticipantDatabase database, List<UndecidableBranch> undecidable) {

    private static final Logger LOG = System.getLogger(Settlement.class.getName());

    /** A statement of {@link Session}. */
    @FunctionalInterface
    private interface Ending {
        void end(Session session, BranchId branch) throws SQLException;
    }

    void commit(BranchId branch, String evidence) throws SQLException {
        settle(branch, "COMMIT", evidence, Session::commitPrepared);
    }

    void rollBack(BranchId branch, String evidence) throws SQLException {
        settle(branch, "ROLLBACK", evidence, Session::rollbackPrepared);
    }

    /** Left alone, and told. */
    void report(BranchId branch, String reason) {
        undecidable.add(new UndecidableBranch(branch.gid(), database.id().name(), reason));
    }

    private void settle(BranchId branch, String decision, String evidence, Ending ending) throws SQLException {
        tell(branch, Moment.BEFORE, decision);
        String outcome;
        try {
            outcome = sessions.ask(database, session -> end(session, ending, branch, decision));
        } catch (SQLException e) {
            tell(branch, Moment.AFTER, e.getMessage());
            throw e;
        }
        if (outcome.equals(decision)) {
            LOG.log(Level.INFO, decision + " PREPARED of " + branch + " in " + database + ": " + evidence);
        }
        tell(branch, Moment.AFTER, outcome);
    }

    /** Somebody else may just have ended it, or be at it; a refusal is for good. None is a reason to give up the connection. */
    private String end(Session session, Ending ending, BranchId branch, String decision) throws SQLException {
        try {
            ending.end(session, branch);
            return decision;
        } catch (SQLException e) {
            if (SqlFailure.isConnectionLost(e)) {
                throw e;
            }
            if (SqlFailure.of(e) == SqlFailure.REFUSED) {
                report(branch, "the server refuses its " + decision + " PREPARED: " + e.getMessage());
            }
            return e.getMessage();
        }
    }

    private void tell(BranchId branch, Moment moment, String outcome) {
        Transactions.tell(() -> new TransactionEvent(
                Kind.RESOLVE,
                moment,
                branch.global().text(),
                database.id().name(),
                branch.label(),
                Instant.now(),
                outcome));
    }
}
