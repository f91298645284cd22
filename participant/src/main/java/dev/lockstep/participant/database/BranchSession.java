package dev.lockstep.participant.database;

import dev.lockstep.participant.branch.BranchId;
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
 * statement of the work, the decision row with its PREPARE. For one thread, but for {@link #interrupt}.
 */
public final class BranchSession {

    /** {@code in_failed_sql_transaction}. */
    private static final String FAILED = "25P02";

    /** {@code invalid_sql_statement_name}. */
    private static final String UNKNOWN_STATEMENT = "26000";

    private static final int SEND =
            QueryExecutor.QUERY_EXECUTE_AS_SIMPLE | QueryExecutor.QUERY_NO_RESULTS | QueryExecutor.QUERY_NO_METADATA;

    private static final Duration TRUST = Duration.ofSeconds(1);

    private final BaseConnection connection;
    private final ParticipantDatabase database;
    private volatile long answeredAt = System.nanoTime();
    private volatile boolean isBroken;
    private boolean knowsInsert;

    /**
     * A session on a connection without an open transaction.
     *
     * @param connection the physical connection of the pool
     * @param database where it leads
     */
    public BranchSession(BaseConnection connection, ParticipantDatabase database) {
        this.connection = connection;
        this.database = database;
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

    /** Lets the driver begin a transaction with the next statement; not a read-only one, which could hold no decision row. */
    public void begin() throws SQLException {
        connection.setAutoCommit(false);
        if (connection.isReadOnly()) {
            connection.execSQLUpdate("BEGIN");
        }
    }

    /**
     * Prepares what was done since {@link #begin}.
     *
     * @param branch its name
     * @param decision the row to write before, if it is the commit point
     * @throws SQLException if the server refuses, then nothing is prepared; or if it does not answer, then it may be
     */
    public void prepare(BranchId branch, Optional<Decision> decision) throws SQLException {
        requireSound();
        limited(() -> {
            if (decision.isPresent() && !knowsInsert) {
                send(database.decisions().declareInsert());
                knowsInsert = true;
            }
            send(decision.map(this::insert).orElse("") + "PREPARE TRANSACTION '" + branch.gid() + "'");
        });
        connection.setAutoCommit(true);
    }

    private String insert(Decision decision) {
        return database.decisions().insert(decision) + "; ";
    }

    /** After a failed statement the server answers PREPARE with ROLLBACK, which is no error: it would be taken for a yes. */
    private void requireSound() throws SQLException {
        if (connection.getTransactionState() == TransactionState.FAILED) {
            throw new SQLException("a statement failed, and the server has given the transaction up", FAILED);
        }
    }

    /** Commits what was done since {@link #begin}, in one phase. */
    public void commit() throws SQLException {
        requireSound();
        limited(() -> send("COMMIT"));
        connection.setAutoCommit(true);
    }

    /** Rolls back what was done since {@link #begin}. */
    public void rollback() throws SQLException {
        limited(connection::rollback);
        connection.setAutoCommit(true);
    }

    /** {@code COMMIT PREPARED}. */
    public void commitPrepared(BranchId branch) throws SQLException {
        limited(() -> send("COMMIT PREPARED '" + branch.gid() + "'"));
    }

    /** {@code ROLLBACK PREPARED}. */
    public void rollbackPrepared(BranchId branch) throws SQLException {
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
            knowsInsert &= !UNKNOWN_STATEMENT.equals(e.getSQLState()); // the application has said DEALLOCATE ALL
            throw e;
        } finally {
            if (!connection.isClosed()) {
                connection.setNetworkTimeout(Runnable::run, ordinary);
            }
        }
    }
}
