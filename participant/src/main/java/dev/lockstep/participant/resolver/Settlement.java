package dev.lockstep.participant.resolver;

import dev.lockstep.participant.branch.BranchId;
import dev.lockstep.participant.database.ParticipantDatabase;
import dev.lockstep.participant.database.SqlFailure;
import dev.lockstep.participant.observe.TransactionEvent;
import dev.lockstep.participant.observe.TransactionEvent.Kind;
import dev.lockstep.participant.observe.TransactionEvent.Moment;
import dev.lockstep.participant.observe.Transactions;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.sql.SQLException;
import java.time.Instant;

/** Ends a branch in doubt, and says in one line what was decided, for which transaction, on what evidence. */
record Settlement(Sessions sessions, ParticipantDatabase database) {

    private static final Logger LOG = System.getLogger(Settlement.class.getName());

    void commit(BranchId branch, String evidence) throws SQLException {
        settle(branch, "COMMIT", evidence, session -> {
            session.commitPrepared(branch);
            return true;
        });
    }

    void rollBack(BranchId branch, String evidence) throws SQLException {
        settle(branch, "ROLLBACK", evidence, session -> {
            session.rollbackPrepared(branch);
            return true;
        });
    }

    private void settle(BranchId branch, String decision, String evidence, Sessions.Question<Boolean> statement)
            throws SQLException {
        tell(branch, Moment.BEFORE, decision);
        try {
            sessions.ask(database, session -> carryOut(session, statement, branch));
        } catch (SQLException e) {
            tell(branch, Moment.AFTER, e.getMessage());
            throw e;
        }
        LOG.log(Level.INFO, decision + " PREPARED of " + branch + " in " + database + ": " + evidence);
        tell(branch, Moment.AFTER, decision);
    }

    /** Somebody else may just have ended it, or be at it: that is no reason to give up the connection. */
    private static boolean carryOut(
            dev.lockstep.participant.database.Session session, Sessions.Question<Boolean> statement, BranchId branch)
            throws SQLException {
        try {
            return statement.ask(session);
        } catch (SQLException e) {
            if (SqlFailure.isConnectionLost(e)) {
                throw e;
            }
            LOG.log(Level.INFO, "Not settled in this round: {0}: {1}", branch, e.getMessage());
            return false;
        }
    }

    private void tell(BranchId branch, Moment moment, String outcome) {
        Transactions.tell(() -> new TransactionEvent(
                Kind.RESOLVE,
                moment,
                branch.global().text(),
                database.id().name(),
                branch.qualifier().substring(0, branch.qualifier().indexOf('.')),
                Instant.now(),
                outcome));
    }
}
