package dev.lockstep.participant.database;

import dev.lockstep.participant.branch.BranchId;
import dev.lockstep.participant.branch.GlobalId;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** A connection beside the pool; each method is one statement, committed by itself, so each read sees a later state. For one thread. */
public final class Session implements AutoCloseable {

    /**
     * Younger branches are probably still being worked on. A courtesy, not a rule: correctness does not need it. One from the future, of
     * before the clock was set back, is not young.
     */
    private static final String PREPARED = """
            SELECT gid, prepared, clock_timestamp() - prepared BETWEEN interval '0' AND interval '300 milliseconds'
            FROM pg_prepared_xacts
            WHERE database = current_database()""";

    /** A bigint key shows up as two halves and objsubid 1 (PostgreSQL manual, view pg_locks). */
    private static final String ADVISORY_LOCKS = """
            SELECT (classid::bigint << 32) | objid::bigint FROM pg_locks
            WHERE locktype = 'advisory' AND objsubid = 1 AND granted
              AND database = (SELECT oid FROM pg_database WHERE datname = current_database())""";

    private static final String POSITION = """
            SELECT pg_walfile_name(pg_current_wal_flush_lsn()), pg_wal_lsn_diff(pg_current_wal_flush_lsn(), '0/0')""";

    /** A message that nobody reads, written to the log of the server (PostgreSQL manual, replication management functions). */
    private static final String BARRIER = """
            SELECT pg_walfile_name(written), pg_wal_lsn_diff(written, '0/0')
            FROM pg_logical_emit_message(true, 'lockstep barrier', '') AS written""";

    private final Connection connection;
    private final DecisionTable table;
    private final History history;

    Session(Connection connection, DecisionTable table, History history) {
        this.connection = connection;
        this.table = table;
        this.history = history;
    }

    /**
     * Proves that what was read before on this session will stay so: the server still commits as a primary does, its synchronous standby
     * has all that was read, and it is not behind what this process has seen. A former primary that nobody stopped cannot
     * answer that.
     *
     * @throws SQLException if it is not proved; then nothing that was read counts
     */
    public void barrier() throws SQLException {
        History.Position seenBefore = history.farthest();
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(BARRIER)) {
            row.next();
            Unreplicated.refuse(statement.getWarnings());
            require(seenBefore, row);
        }
    }

    /**
     * Asks the server where it is.
     *
     * @throws SQLException if it does not answer, or is behind what this process has seen
     */
    void requireCurrent() throws SQLException {
        History.Position seenBefore = history.farthest();
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(POSITION)) {
            row.next();
            require(seenBefore, row);
        }
    }

    private void require(History.Position seenBefore, ResultSet row) throws SQLException {
        History.Position reached = History.Position.of(row.getString(1), row.getLong(2));
        history.require(
                seenBefore, reached, "The server at " + connection.getMetaData().getURL());
    }

    /** {@return all our branches prepared in this database; others are left out} */
    public List<PreparedBranch> prepared() throws SQLException {
        List<PreparedBranch> branches = new ArrayList<>();
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(PREPARED)) {
            while (rows.next()) {
                Instant since = rows.getObject(2, OffsetDateTime.class).toInstant();
                boolean isFresh = rows.getBoolean(3);
                BranchId.parse(rows.getString(1)).ifPresent(id -> branches.add(new PreparedBranch(id, since, isFresh)));
            }
        }
        return branches;
    }

    /**
     * Tells of which transactions something is prepared in this database. It goes by the beginning of the names alone, since the rest may
     * have been written by a later version, and counts all the same.
     *
     * @return the ids, of whatever transactions
     */
    public Set<GlobalId> transactionsPrepared() throws SQLException {
        Set<GlobalId> globals = new HashSet<>();
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(PREPARED)) {
            while (rows.next()) {
                GlobalId.ofGid(rows.getString(1)).ifPresent(globals::add);
            }
        }
        return globals;
    }

    /** {@return whether this very branch is prepared here} */
    public boolean isPrepared(BranchId branch) throws SQLException {
        return prepared().stream().anyMatch(prepared -> prepared.id().equals(branch));
    }

    /** {@return the transactions of these that have a decision row here, that is, are committed} */
    public Set<GlobalId> decided(Collection<GlobalId> globals) throws SQLException {
        return globals.isEmpty() ? Set.of() : table.find(connection, globals);
    }

    /**
     * Lists decisions that have stayed: almost all are forgotten within a second.
     *
     * @param orThese and these, since their coordinator asks no more
     * @param limit how many at most
     * @return the decisions, in any order, so that none that cannot go now is in the way of others
     */
    public List<Decision> forgettable(Collection<GlobalId> orThese, int limit) throws SQLException {
        return table.forgettable(connection, orThese, limit);
    }

    /** Deletes decision rows. */
    public void forget(Collection<GlobalId> globals) throws SQLException {
        try (PreparedStatement deletion = table.deletion(connection, globals)) {
            deletion.executeUpdate();
            Unreplicated.refuse(deletion.getWarnings());
        }
    }

    /** {@code COMMIT PREPARED}. */
    public void commitPrepared(BranchId branch) throws SQLException {
        execute("COMMIT PREPARED '" + branch.gid() + "'");
    }

    /**
     * Sees to it that a branch is committed whose transaction is, and stays so: where it is not prepared any more it has been.
     *
     * @param branch a follower
     * @throws SQLException if that is not certain now
     */
    public void seeCommitted(BranchId branch) throws SQLException {
        try {
            commitPrepared(branch);
        } catch (SQLException e) {
            if (SqlFailure.of(e) != SqlFailure.NOT_THERE) {
                throw e;
            }
            barrier();
        }
    }

    /** {@code ROLLBACK PREPARED}. */
    public void rollbackPrepared(BranchId branch) throws SQLException {
        execute("ROLLBACK PREPARED '" + branch.gid() + "'");
    }

    /** {@return the keys of all advisory locks that sessions hold in this database} */
    public Set<Long> advisoryLocks() throws SQLException {
        Set<Long> keys = new HashSet<>();
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(ADVISORY_LOCKS)) {
            while (rows.next()) {
                keys.add(rows.getLong(1));
            }
        }
        return keys;
    }

    Connection connection() {
        return connection;
    }

    private void execute(String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
            Unreplicated.refuse(statement.getWarnings());
        }
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }
}
