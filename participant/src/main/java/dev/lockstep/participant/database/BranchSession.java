package dev.lockstep.participant.database;

import dev.lockstep.participant.branch.BranchId;
import dev.lockstep.participant.branch.GlobalId;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.sql.SQLException;
import java.sql.SQLWarning;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.postgresql.core.BaseConnection;
import org.postgresql.core.Field;
import org.postgresql.core.NativeQuery;
import org.postgresql.core.Query;
import org.postgresql.core.QueryExecutor;
import org.postgresql.core.ResultCursor;
import org.postgresql.core.ResultHandlerBase;
import org.postgresql.core.SqlCommand;
import org.postgresql.core.TransactionState;
import org.postgresql.core.Tuple;

/**
 * The SQL of a branch on the pooled connection that works for it, in as few round trips as there can be: BEGIN goes with the first
 * statement of the work, {@link BranchCheck} and the decision row with the PREPARE. For one thread, but for {@link #interrupt}.
 */
public final class BranchSession {

    private static final Logger LOG = System.getLogger(BranchSession.class.getName());

    /** {@code in_failed_sql_transaction}. */
    private static final String FAILED = "25P02";

    /** {@code invalid_sql_statement_name}. */
    private static final String UNKNOWN_STATEMENT = "26000";

    /** {@code duplicate_prepared_statement}. */
    private static final String KNOWN_STATEMENT = "42P05";

    private static final int SEND =
            QueryExecutor.QUERY_EXECUTE_AS_SIMPLE | QueryExecutor.QUERY_NO_RESULTS | QueryExecutor.QUERY_NO_METADATA;

    private static final Duration TRUST = Duration.ofSeconds(1);

    private final BaseConnection connection;
    private final ParticipantDatabase database;
    private final BranchCheck check;
    private volatile long answeredAt = System.nanoTime();
    private volatile boolean isBroken;
    private GlobalId transaction;
    private BranchId branch;
    private String mark = "";

    /**
     * A session on a connection without an open transaction.
     *
     * @param connection the physical connection of the pool, just opened
     * @param database where it leads
     * @throws SQLException if it does not answer, or somebody has been in the session before
     */
    public BranchSession(BaseConnection connection, ParticipantDatabase database) throws SQLException {
        this.connection = connection;
        this.database = database;
        this.check = BranchCheck.of(connection);
        try {
            declare("");
        } catch (SQLException e) {
            throw KNOWN_STATEMENT.equals(e.getSQLState()) ? BranchCheck.shared(e) : e;
        }
    }

    /** Has the server parse once what comes with every branch. */
    private void declare(String before) throws SQLException {
        send(before + check.declare() + "; " + database.decisions().declareInsert());
    }

    /** {@return whether the server has ended a branch's work or a handle's here within the last second, and nothing has failed since} */
    public boolean hasJustAnswered() {
        return !isBroken && System.nanoTime() - answeredAt < TRUST.toNanos();
    }

    /** The server has answered all that a handle asked. */
    public void answered() {
        answeredAt = System.nanoTime();
    }

    /** {@return whether it is known to be of no more use} */
    public boolean isBroken() {
        return isBroken;
    }

    /** A statement of the work failed in a way after which the connection is of no more use. */
    public void broken() {
        isBroken = true;
    }

    /** {@return whether a local transaction is open, which a branch must not join} */
    public boolean isBusy() {
        return connection.getTransactionState() != TransactionState.IDLE;
    }

    /**
     * Lets the driver begin a transaction with the next statement; not a read-only one, which could hold no decision row.
     *
     * @param begun the transaction whose branch works from now on
     */
    public void begin(GlobalId begun) throws SQLException {
        transaction = begun;
        mark = "";
        connection.setAutoCommit(false);
        if (connection.isReadOnly()) {
            connection.execSQLUpdate("BEGIN");
        }
    }

    /**
     * Marks the transaction before the application says something: if the mark is gone later, the application has ended the transaction.
     * Costs a round trip, once for a branch, unless the application only says what can end none.
     *
     * @param sql what it is about to say, or empty if nobody knows
     */
    public void beware(Optional<String> sql) throws SQLException {
        if (!mark.isEmpty() || !sql.map(TransactionControl::isPossibleIn).orElse(true)) {
            return;
        }
        mark = transaction.text();
        if (connection.getTransactionState()
                != TransactionState.FAILED) { // else it must be ended, and not by the application
            send("SET LOCAL " + BranchCheck.MARK + " = '" + mark + "'");
        }
    }

    /**
     * Prepares what was done since {@link #begin}, if anything was written.
     *
     * @param name what it is called from now on
     * @param decision the row to write before, if it is the commit point
     * @return false if nothing was written: then nothing is prepared, and {@link #commitUnwritten} is next
     * @throws SQLException if the server refuses, or the session or the transaction is not as it must be, then nothing is prepared; or if
     *     it does not answer, then it may be
     */
    public boolean prepareIfWritten(BranchId name, Optional<Decision> decision) throws SQLException {
        branch = name;
        if (isUnwritten(prepare(decision))) {
            return false;
        }
        connection.setAutoCommit(true);
        return true;
    }

    /** Commits at once where nothing was written: nobody will see a difference, save who waits for a NOTIFY. */
    public void commitUnwritten() throws SQLException {
        if (isBusy()) {
            limited(() -> send(back() + "COMMIT"));
        }
        connection.setAutoCommit(true);
    }

    private boolean isUnwritten(String commands) throws SQLException {
        requireSound();
        if (!isBusy()) {
            return true; // not even a statement
        }
        try {
            limited(() -> sendChecked("", commands, true));
            return false;
        } catch (SQLException e) {
            if (BranchCheck.isUnwritten(e)) {
                return true;
            }
            throw e;
        }
    }

    /** The objection that nothing was written has left the transaction as one that failed. */
    private String back() {
        return connection.getTransactionState() == TransactionState.FAILED ? "ROLLBACK TO lockstep; " : "";
    }

    private String prepare(Optional<Decision> decision) {
        return decision.map(this::insert).orElse("") + "PREPARE TRANSACTION '" + branch.gid() + "'";
    }

    private String insert(Decision decision) {
        return database.decisions().insert(decision) + "; ";
    }

    /** After a failed statement the server answers PREPARE with ROLLBACK, which is no error: it would be taken for a yes. */
    private void requireSound() throws SQLException {
        if (connection.getTransactionState() == TransactionState.FAILED) {
            throw new SQLException("a statement failed, and the server has given the transaction up", FAILED);
        }
        if (!mark.isEmpty() && !isBusy()) {
            mark = "";
            throw BranchCheck.ended();
        }
    }

    /** The savepoint lets us go on where nothing was written, and mend what the application took from the session by DEALLOCATE ALL or DISCARD ALL. */
    private void sendChecked(String before, String commands, boolean mustHaveWritten) throws SQLException {
        String message =
                "SAVEPOINT lockstep; " + check.execute(mark, mustHaveWritten) + "; RELEASE lockstep; " + commands;
        mark = ""; // whatever comes of it, the transaction is over then, or can only be rolled back
        try {
            try {
                send(before + message);
            } catch (SQLException e) {
                if (!UNKNOWN_STATEMENT.equals(e.getSQLState())) {
                    throw e;
                }
                declare("ROLLBACK TO lockstep; ");
                send(message);
            }
        } catch (SQLException e) {
            throw BranchCheck.read(e);
        }
    }

    /** Commits what was done since {@link #begin}, in one phase. */
    public void commit() throws SQLException {
        requireSound();
        limited(() -> {
            if (!mark.isEmpty()) {
                sendChecked("", "COMMIT", false);
            } else if (isBusy()) {
                send("COMMIT");
            }
        });
        connection.setAutoCommit(true);
    }

    /** Rolls back what was done since {@link #begin}, and tells if the application has committed some of it. */
    public void rollback() throws SQLException {
        limited(() -> {
            tellIfEnded();
            connection.rollback();
        });
        connection.setAutoCommit(true);
    }

    private void tellIfEnded() throws SQLException {
        if (mark.isEmpty() || connection.getTransactionState() == TransactionState.FAILED) {
            return;
        }
        try {
            requireSound();
            sendChecked("", "ROLLBACK", false);
        } catch (SQLException e) {
            if (SqlFailure.of(e) == SqlFailure.NO_ANSWER) {
                throw e;
            }
            LOG.log(
                    Level.WARNING,
                    "Cannot be rolled back as a whole: " + transaction + " in " + database + ": " + e.getMessage());
        }
    }

    /** {@code COMMIT PREPARED}. */
    public void commitPrepared() throws SQLException {
        limited(() -> send("COMMIT PREPARED '" + branch.gid() + "'"));
    }

    /** {@code ROLLBACK PREPARED}. */
    public void rollbackPrepared() throws SQLException {
        limited(() -> send("ROLLBACK PREPARED '" + branch.gid() + "'"));
    }

    /**
     * Sends commands in one message of the simple protocol: what is sent once is not worth a plan, a portal and a description.
     *
     * @param commands separated by semicolons; after one that fails the server leaves the others out
     */
    private void send(String commands) throws SQLException {
        QueryExecutor server = connection.getQueryExecutor();
        Answer answer = new Answer();
        int flags = connection.getAutoCommit() ? SEND | QueryExecutor.QUERY_SUPPRESS_BEGIN : SEND;
        server.execute(server.wrap(List.of(new NativeQuery(commands, SqlCommand.BLANK))), null, answer, 0, 0, flags);
        answer.handleCompletion();
    }

    /** Of what the server says only an error counts, which {@link #handleCompletion} throws, and that it did not wait for its standby. */
    private static final class Answer extends ResultHandlerBase {

        @Override
        public void handleResultRows(Query query, Field[] fields, List<Tuple> rows, ResultCursor cursor) {
            // A rule on the table may return some.
        }

        @Override
        public void handleCommandStatus(String status, long rows, long oid) {
            // Done, as is to be expected.
        }

        @Override
        public void handleWarning(SQLWarning warning) {
            if (Unreplicated.isMeantBy(warning)) {
                handleError(Unreplicated.failure(warning));
            }
        }
    }

    /** Nobody waits for the answer any more: else the server might wait for its standby until that is back, and such sessions pile up. */
    private void cancel() {
        try {
            connection.getQueryExecutor().sendQueryCancel();
        } catch (SQLException e) {
            LOG.log(Level.DEBUG, "The command under way could not be cancelled", e);
        }
    }

    /** Ends a statement that another thread waits for, and the connection with it. */
    public void interrupt() throws SQLException {
        try {
            connection.cancelQuery();
        } finally {
            close();
        }
    }

    /** Closes a connection that is of no more use, without a word to the server. */
    public void close() throws SQLException {
        isBroken = true;
        connection.abort(Runnable::run);
    }

    /** What waits for an answer. */
    @FunctionalInterface
    private interface Command {
        void send() throws SQLException;
    }

    /** Without an answer within the command's limit the connection counts as lost. */
    private void limited(Command command) throws SQLException {
        boolean isEmptyBranch = !isBusy();
        int ordinary = connection.getNetworkTimeout();
        connection.setNetworkTimeout(
                Runnable::run, Math.toIntExact(database.limits().command().toMillis()));
        try {
            command.send();
            if (!isEmptyBranch) {
                answeredAt = System.nanoTime();
            }
        } catch (SQLException e) {
            if (connection.isClosed()) {
                cancel();
            }
            throw e;
        } finally {
            if (!connection.isClosed()) {
                connection.setNetworkTimeout(Runnable::run, ordinary);
            }
        }
    }
}
