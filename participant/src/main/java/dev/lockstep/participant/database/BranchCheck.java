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

    /** What is written through a foreign table needs no transaction id here; so where there may be some, every branch is prepared. */
    static final String HAS_WRITTEN =
            "pg_current_xact_id_if_assigned() IS NOT NULL OR EXISTS (SELECT FROM pg_foreign_server)";

    private static final String SHARED =
            "a connection pooler shares sessions between connections; the participant needs them for itself, PgBouncer with pool_mode=session";

    private static final String UNWRITTEN = "nothing was written";

    private static final String ENDED =
            "the transaction is not the one that the participant began: the application has ended it by SQL (or reset all settings);"
                    + " what it committed so stays";

    /** How an objection shows up in the message of the error, in whatever language that is: in quotes, at its end. */
    private static final Pattern OBJECTION = Pattern.compile("lockstep: (.*\\w)", Pattern.DOTALL);

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
                + " THEN 'lockstep: " + SHARED + "'"
                + " WHEN $1 <> '' AND current_setting('" + MARK + "', true) IS DISTINCT FROM $1"
                + " THEN 'lockstep: " + ENDED + "'"
                + " WHEN $2 AND NOT (" + HAS_WRITTEN + ") THEN 'lockstep: " + UNWRITTEN + "'"
                + " WHEN current_user <> " + role
                + " THEN 'lockstep: the role is ' || current_user || ' instead of ' || " + role
                + " || ', which alone could finish the branch: RESET ROLE before the transaction ends'"
                + " WHEN current_setting('synchronous_commit') IN ('off', 'local', 'remote_write')"
                + " THEN 'lockstep: synchronous_commit is ' || current_setting('synchronous_commit')"
                + " || ', so a fail-over could lose the decision: the application must not lower it'"
                + " WHEN current_setting('client_min_messages') = 'error'"
                + " THEN 'lockstep: client_min_messages is error, so a commit that is not replicated would not be told'"
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
        return UNWRITTEN.equals(read.getMessage());
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
        return objection(failure).map(words -> refusal(words, failure)).orElse(failure);
    }

    private static Optional<String> objection(SQLException failure) {
        return failure instanceof PSQLException server
                ? Optional.ofNullable(server.getServerErrorMessage())
                        .map(ServerErrorMessage::getMessage)
                        .map(OBJECTION::matcher)
                        .filter(Matcher::find)
                        .map(matcher -> matcher.group(1))
                : Optional.empty();
    }

    /** With {@code invalid_transaction_state}. */
    private static SQLException refusal(String words, SQLException cause) {
        return new SQLException(words, "25000", cause);
    }
}
