package dev.lockstep.participant.database;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.postgresql.util.PSQLException;
import org.postgresql.util.ServerErrorMessage;

/**
 * What the server itself must say of the session and its transaction, in the message that prepares a branch and just before that: else
 * somebody prepares what is not the branch, or what its own connection may not finish. The check is one statement, which fails with the
 * objection, so that the server leaves out all that follows in the message.
 *
 * @param backend the server process of the session
 * @param role the role that the session began with, as an SQL literal
 */
record BranchCheck(int backend, String role) {

    /** The setting that is true for one transaction: gone after COMMIT, ROLLBACK and COMMIT AND CHAIN. */
    static final String MARK = "lockstep.branch";

    /**
     * What is written through a foreign table needs no transaction id here; so where there may be some, every branch is prepared. What was
     * read in a serializable transaction is to stay so until the decision.
     */
    static final String HAS_WRITTEN = "pg_current_xact_id_if_assigned() IS NOT NULL"
            + " OR current_setting('transaction_isolation') = 'serializable' OR EXISTS (SELECT FROM pg_foreign_server)";

    private static final String SHARED =
            "a connection pooler shares sessions between connections; the participant needs them for itself, PgBouncer with pool_mode=session";

    private static final String ENDED =
            "the transaction is not the one that the participant began: the application has ended it by SQL (or reset all settings);"
                    + " what it committed so stays";

    /** What the server objects to: the error that it throws quotes the name, and what belongs to it. */
    private enum Objection {
        SHARED,
        ENDED,
        UNWRITTEN,
        ROLE,
        SYNCHRONOUS_COMMIT,
        MESSAGES;

        /** How it shows up in the message of the error, in whatever language that is: in quotes, at its end. */
        private static final Pattern FORM = Pattern.compile("lockstep:([A-Z_]+)(?: (.*\\w))?", Pattern.DOTALL);

        /** The SQL of its text, up to what belongs to it. */
        String sql() {
            return " THEN 'lockstep:" + name() + "'";
        }

        String words(String value) {
            return switch (this) {
                case SHARED -> BranchCheck.SHARED;
                case ENDED -> BranchCheck.ENDED;
                case UNWRITTEN -> "nothing was written";
                case ROLE ->
                    "the role is " + value
                            + ", which alone could finish the branch: RESET ROLE before the transaction ends";
                case SYNCHRONOUS_COMMIT ->
                    "synchronous_commit is " + value
                            + ", so a fail-over could lose the decision: the application must not lower it";
                case MESSAGES -> "client_min_messages is error, so a commit that is not replicated would not be told";
            };
        }
    }

    /** The only objection was that nothing was written. */
    private static final class UnwrittenException extends SQLException {

        private static final long serialVersionUID = 1L;

        UnwrittenException(String words, SQLException cause) {
            super(words, INVALID_TRANSACTION_STATE, cause);
        }
    }

    private static final String INVALID_TRANSACTION_STATE = "25000";

    /**
     * Learns of a session what it must be later, too.
     *
     * @param connection just opened
     */
    static BranchCheck of(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT pg_backend_pid(), quote_literal(current_user)")) {
            row.next();
            return new BranchCheck(row.getInt(1), row.getString(2));
        }
    }

    /** {@return what gives the session the statement of {@link #execute}, so that the server parses and plans it once} */
    String declare() {
        return "PREPARE lockstep_check (text, boolean) AS SELECT (CASE WHEN pg_backend_pid() <> " + backend
                + Objection.SHARED.sql()
                + " WHEN $1 <> '' AND current_setting('" + MARK + "', true) IS DISTINCT FROM $1"
                + Objection.ENDED.sql()
                + " WHEN $2 AND NOT (" + HAS_WRITTEN + ")"
                + Objection.UNWRITTEN.sql()
                + " WHEN current_user <> " + role
                + Objection.ROLE.sql() + " || ' ' || current_user || ' instead of ' || " + role
                + " WHEN current_setting('synchronous_commit') IN ('off', 'local', 'remote_write')"
                + Objection.SYNCHRONOUS_COMMIT.sql() + " || ' ' || current_setting('synchronous_commit')"
                + " WHEN current_setting('client_min_messages') = 'error'"
                + Objection.MESSAGES.sql()
                + " END)::int";
    }

    /**
     * The statement that fails if there is an objection.
     *
     * @param mark the {@link #MARK} of the transaction, or "" if nobody can have ended it
     * @param mustHaveWritten whether it is an objection, too, that the transaction has no id: that it has written nothing and locked no row
     */
    String execute(String mark, boolean mustHaveWritten) {
        return "EXECUTE lockstep_check ('" + mark + "', " + mustHaveWritten + ")";
    }

    /** {@return whether the only objection was that nothing was written} */
    static boolean isUnwritten(SQLException read) {
        return read instanceof UnwrittenException;
    }

    /** Another connection is met in the session, or what it left. */
    static SQLException shared(SQLException cause) {
        return refusal(SHARED, cause);
    }

    /** The transaction has been ended, and no other one has begun. */
    static SQLException ended() {
        return refusal(ENDED, null);
    }

    /** {@return the objection in a failure's words, or the failure itself if it is another one} */
    static SQLException read(SQLException failure) {
        return told(failure)
                .map(told -> objection(Objection.valueOf(told.group(1)), told.group(2), failure))
                .orElse(failure);
    }

    private static Optional<Matcher> told(SQLException failure) {
        return failure instanceof PSQLException server
                ? Optional.ofNullable(server.getServerErrorMessage())
                        .map(ServerErrorMessage::getMessage)
                        .map(Objection.FORM::matcher)
                        .filter(Matcher::find)
                : Optional.empty();
    }

    private static SQLException objection(Objection objection, String value, SQLException failure) {
        String words = objection.words(value);
        return objection == Objection.UNWRITTEN ? new UnwrittenException(words, failure) : refusal(words, failure);
    }

    /** With {@code invalid_transaction_state}. */
    private static SQLException refusal(String words, SQLException cause) {
        return new SQLException(words, INVALID_TRANSACTION_STATE, cause);
    }
}
