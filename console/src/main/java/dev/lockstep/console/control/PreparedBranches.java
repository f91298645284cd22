package dev.lockstep.console.control;

import dev.lockstep.databases.ParticipantDatabases;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;

/** What is prepared in the databases, and what it locks there; plain reads. */
@ApplicationScoped
public class PreparedBranches {

    private static final String PREPARED = """
            SELECT regexp_replace(gid, '_[^_]*$', ''), extract(epoch FROM clock_timestamp() - prepared) * 1000
            FROM pg_prepared_xacts WHERE database = current_database() AND gid LIKE '%\\_%\\_%'""";

    /** A prepared transaction has no process any more; what it locks is found by the lock on its own number. */
    private static final String LOCKS = """
            SELECT coalesce(c.relname, l.locktype), l.mode, count(*),
                   (SELECT count(*) FROM pg_locks w WHERE NOT w.granted AND w.transactionid = p.transaction)
            FROM pg_prepared_xacts p
            JOIN pg_locks x ON x.transactionid = p.transaction AND x.granted AND x.pid IS NULL
            JOIN pg_locks l ON l.virtualtransaction = x.virtualtransaction AND l.pid IS NULL
            LEFT JOIN pg_class c ON c.oid = l.relation AND l.database = (SELECT oid FROM pg_database WHERE datname = current_database())
            WHERE p.database = current_database() AND starts_with(p.gid, ? || '_') AND l.locktype IN ('relation', 'tuple')
              AND coalesce(c.relkind, 'r') = 'r'
            GROUP BY 1, 2, p.transaction ORDER BY 1, 2""";

    private final ParticipantDatabases databases;

    protected PreparedBranches() {
        this(null);
    }

    /**
     * The constructor the container uses.
     *
     * @param databases all databases
     */
    @Inject
    public PreparedBranches(ParticipantDatabases databases) {
        this.databases = databases;
    }

    /**
     * Looks into all databases.
     *
     * @return all that is prepared
     * @throws SQLException if one of them does not answer
     */
    List<Branch> everywhere() throws SQLException {
        List<Branch> branches = new ArrayList<>();
        for (DataSource database : databases.byName().values()) {
            try (Connection connection = database.getConnection();
                    Statement statement = connection.createStatement();
                    ResultSet row = statement.executeQuery(PREPARED)) {
                while (row.next()) {
                    branches.add(new Branch(row.getString(1), Duration.ofMillis(row.getLong(2))));
                }
            }
        }
        return branches;
    }

    /**
     * Tells what a transaction's prepared branches lock. A branch that still works has locks, too, but only its own session knows
     * which session that is.
     *
     * @param globalId the transaction
     * @return the locks on tables, by participant; one without a relation stands for a database that does not answer
     */
    public List<HeldLock> locksOf(String globalId) {
        List<HeldLock> locks = new ArrayList<>();
        for (Map.Entry<String, DataSource> database : databases.byName().entrySet()) {
            try (Connection connection = database.getValue().getConnection();
                    PreparedStatement query = connection.prepareStatement(LOCKS)) {
                query.setString(1, globalId);
                try (ResultSet row = query.executeQuery()) {
                    while (row.next()) {
                        locks.add(new HeldLock(
                                database.getKey(), row.getString(1), row.getString(2), row.getInt(3), row.getInt(4)));
                    }
                }
            } catch (SQLException e) {
                locks.add(HeldLock.untold(database.getKey()));
            }
        }
        return locks;
    }

    /**
     * A branch.
     *
     * @param globalId its transaction
     * @param age since it was prepared, by its database's clock
     */
    record Branch(String globalId, Duration age) {}
}
