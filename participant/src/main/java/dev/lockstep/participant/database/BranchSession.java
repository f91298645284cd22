package dev.lockstep.participant.database;

import dev.lockstep.participant.branch.BranchId;
import java.sql.BatchUpdateException;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Optional;
import org.postgresql.core.BaseConnection;
import org.postgresql.core.BaseStatement;
import org.postgresql.core.QueryExecutor;
import org.postgresql.core.TransactionState;

/**
 * The SQL of a branch on the pooled connection that works for it, in as few round trips as there can be: BEGIN goes with the first
 * statement of the work, the decision row with its PREPARE. For one thread, but for {@link #interrupt}.
 */
public final class BranchSession {

    /** {@code in_failed_sql_transaction}. */
    private static final String FAILED = "25P02";

    /** {@code invalid_sql_statement_name}. */
    private static final String UNKNOWN_STATEMENT = "26000";

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
        String prepare = "PREPARE TRANSACTION '" + branch.gid() + "'";
        limited(statement -> {
            if (decision.isPresent()) {
                if (!knowsInsert) {
                    statement.execute(database.decisions().declareInsert());
                    knowsInsert = true;
                }
                statement.addBatch(database.decisions()
                        .insert(decision.get(), database.limits().retention()));
                statement.addBatch(prepare);
                statement.executeBatch();
            } else {
                simply(statement, prepare);
            }
        });
        connection.setAutoCommit(true);
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
        limited(statement -> connection.commit());
        connection.setAutoCommit(true);
    }

    /** Rolls back what was done since {@link #begin}. */
    public void rollback() throws SQLException {
        limited(statement -> connection.rollback());
        connection.setAutoCommit(true);
    }

    /** {@code COMMIT PREPARED}. */
    public void commitPrepared(BranchId branch) throws SQLException {
        limited(statement -> simply(statement, "COMMIT PREPARED '" + branch.gid() + "'"));
    }

    /** {@code ROLLBACK PREPARED}. */
    public void rollbackPrepared(BranchId branch) throws SQLException {
        limited(statement -> simply(statement, "ROLLBACK PREPARED '" + branch.gid() + "'"));
    }

    /** By the simple protocol: a command that is sent once is not worth a plan, a portal and a description. */
    private static void simply(Statement statement, String command) throws SQLException {
        statement.unwrap(BaseStatement.class).executeWithFlags(command, QueryExecutor.QUERY_EXECUTE_AS_SIMPLE);
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

    /** What is sent. */
    @FunctionalInterface
    private interface Command {
        void send(Statement statement) throws SQLException;
    }

    /** Without an answer within the command's limit the connection counts as lost. */
    private void limited(Command command) throws SQLException {
        boolean isEmptyBranch = !isBusy();
        int ordinary = connection.getNetworkTimeout();
        connection.setNetworkTimeout(
                Runnable::run, Math.toIntExact(database.limits().command().toMillis()));
        try (Statement statement = connection.createStatement()) {
            command.send(statement);
            if (!isEmptyBranch) {
                answeredAt = System.nanoTime();
            }
        } catch (BatchUpdateException e) {
            knowsInsert &= !UNKNOWN_STATEMENT.equals(e.getSQLState()); // the application has said DEALLOCATE ALL
            throw e.getCause() instanceof SQLException cause ? cause : e;
        } finally {
            if (!connection.isClosed()) {
                connection.setNetworkTimeout(Runnable::run, ordinary);
            }
        }
    }
}
