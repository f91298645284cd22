package dev.lockstep.participant.database;

import dev.lockstep.participant.branch.BranchId;
import dev.lockstep.participant.branch.GlobalId;
import java.sql.Connection;
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

    private final Connection connection;
    private final DecisionTable table;

    Session(Connection connection, DecisionTable table) {
        this.connection = connection;
        this.table = table;
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

    /** {@return whether this very branch is prepared here} */
    public boolean isPrepared(BranchId branch) throws SQLException {
        return prepared().stream().anyMatch(prepared -> prepared.id().equals(branch));
    }

    /** {@return the transactions of these that have a decision row here, that is, are committed} */
    public Set<GlobalId> decided(Collection<GlobalId> globals) throws SQLException {
        return globals.isEmpty() ? Set.of() : table.find(connection, globals);
    }

    /**
     * Lists what may be forgotten as far as this database knows: what nobody may ask for any more.
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
        table.delete(connection, globals);
    }

    /** {@code COMMIT PREPARED}. */
    public void commitPrepared(BranchId branch) throws SQLException {
        execute("COMMIT PREPARED '" + branch.gid() + "'");
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
        }
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }
}
