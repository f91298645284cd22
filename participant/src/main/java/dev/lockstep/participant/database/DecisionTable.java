package dev.lockstep.participant.database;

import static java.util.stream.Collectors.joining;

import dev.lockstep.participant.branch.GlobalId;
import dev.lockstep.participant.branch.ParticipantId;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The table {@code xa_decision}: one row for each committed transaction that somebody may still ask about. */
public final class DecisionTable {

    private static final Logger LOG = System.getLogger(DecisionTable.class.getName());

    /** What creates it, in a schema of the search path of the pool's user. */
    public static final String DDL = """
            CREATE TABLE xa_decision (
                global_id  text PRIMARY KEY,
                followers  text[] NOT NULL,
                decided_at timestamptz NOT NULL DEFAULT clock_timestamp(),
                kept_until timestamptz NOT NULL
            ) WITH (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 5000); -- rows live for about a second""";

    private static final String WRITABLE = """
            SELECT to_regclass('xa_decision') IS NOT NULL
               AND has_table_privilege(to_regclass('xa_decision'), 'INSERT')
               AND has_table_privilege(to_regclass('xa_decision'), 'SELECT')
               AND has_table_privilege(to_regclass('xa_decision'), 'DELETE')
               AND 4 = (SELECT count(*) FROM pg_attribute
                        WHERE attrelid = to_regclass('xa_decision') AND attnum > 0 AND NOT attisdropped
                          AND (attname, atttypid) IN (('global_id', 'text'::regtype), ('followers', 'text[]'::regtype),
                                                      ('decided_at', 'timestamptz'::regtype),
                                                      ('kept_until', 'timestamptz'::regtype)))""";

    /** Why a row that was written may be found missing, and what to do. */
    private static final String DOUBT = """
            SELECT concat_ws('; ',
                CASE WHEN c.relkind <> 'r' THEN 'it is no ordinary table: create it in the place of what bears its name' END,
                CASE WHEN c.relpersistence <> 'p' THEN 'it does not outlive a crash: ALTER TABLE xa_decision SET LOGGED' END,
                CASE WHEN c.relrowsecurity
                     THEN 'it has row-level security: ALTER TABLE xa_decision DISABLE ROW LEVEL SECURITY' END,
                CASE WHEN EXISTS (SELECT FROM pg_trigger WHERE tgrelid = c.oid AND NOT tgisinternal)
                     THEN 'it has a trigger: DROP TRIGGER' END,
                CASE WHEN c.relkind = 'r' AND EXISTS (SELECT FROM pg_rewrite WHERE ev_class = c.oid)
                     THEN 'it has a rule: DROP RULE' END)
            FROM pg_class c WHERE c.oid = ?""";

    private static final String LOCATE = """
            SELECT c.oid, format('%I.%I', n.nspname, c.relname) FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
            WHERE c.oid = to_regclass('xa_decision')""";

    private final String name;
    private final long oid;

    private DecisionTable(String name, long oid) {
        this.name = name;
        this.oid = oid;
    }

    /**
     * Finds the table by the connection's search path, once; from then on it is named with its schema.
     *
     * @param connection a connection of the pool's user
     * @return the table
     * @throws SQLException if it is missing, of another form, or not writable; says the SQL that mends it
     */
    public static DecisionTable locate(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(WRITABLE)) {
            row.next();
            if (!row.getBoolean(1)) {
                throw new SQLException(
                        "The database " + connection.getCatalog() + " cannot take part in transactions: user "
                                + connection.getMetaData().getUserName()
                                + " finds no table xa_decision of the right form that it may read, insert into and delete from. Create it:\n"
                                + DDL
                                + "\nor GRANT SELECT, INSERT, DELETE ON xa_decision, and have its schema in the user's search_path.");
            }
        }
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(LOCATE)) {
            row.next();
            return new DecisionTable(row.getString(2), row.getLong(1));
        }
    }

    /**
     * Refuses a table of which a row may be hidden or lost: "no row" means rolled back.
     *
     * @param connection to its database
     * @throws SQLException if it is such a table, or there no more (says the SQL that mends it), or the database does not answer
     */
    void requireTrustworthy(Connection connection) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(DOUBT)) {
            statement.setLong(1, oid);
            try (ResultSet row = statement.executeQuery()) {
                String doubt = row.next() ? row.getString(1) : "it was dropped";
                if (!doubt.isEmpty()) {
                    throw new SQLException("The database " + connection.getCatalog()
                            + " cannot take part in transactions: a decision in its table " + name
                            + " may be hidden or lost, and a committed transaction would be rolled back. " + doubt);
                }
            }
        }
    }

    /** {@return its number in the database, which tells it from another one of the same name} */
    long oid() {
        return oid;
    }

    /** What gives a connection the statement of {@link #insert}, so that the server parses and plans it once. */
    String declareInsert() {
        return "PREPARE lockstep_decide (text, text[], interval) AS INSERT INTO " + name
                + " (global_id, followers, kept_until) VALUES ($1, $2, clock_timestamp() + $3)";
    }

    /** The statement that writes a row, once declared; nothing in a decision's names needs quoting. */
    String insert(Decision decision) {
        return "EXECUTE lockstep_decide ('" + decision.global() + "', '{"
                + decision.followers().stream().map(ParticipantId::toString).collect(joining(",")) + "}', '"
                + decision.retention().toMillis() + " ms')";
    }

    Set<GlobalId> find(Connection connection, Collection<GlobalId> globals) throws SQLException {
        Set<GlobalId> found = new HashSet<>();
        try (PreparedStatement statement =
                connection.prepareStatement("SELECT global_id FROM " + name + " WHERE global_id = ANY (?)")) {
            statement.setArray(1, texts(connection, globals));
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    found.add(new GlobalId(rows.getString(1)));
                }
            }
        }
        return found;
    }

    /** {@return a statement, to be executed and closed, that deletes rows} */
    PreparedStatement deletion(Connection connection, Collection<GlobalId> globals) throws SQLException {
        PreparedStatement statement = connection.prepareStatement("DELETE FROM " + name + " WHERE global_id = ANY (?)");
        statement.setArray(1, texts(connection, globals));
        return statement;
    }

    List<Decision> forgettable(Connection connection, Collection<GlobalId> orThese, int limit) throws SQLException {
        List<Decision> decisions = new ArrayList<>();
        try (PreparedStatement statement = connection.prepareStatement(
                "SELECT global_id, followers, extract(epoch FROM kept_until - decided_at)::bigint FROM " + name
                        + " WHERE clock_timestamp() - decided_at NOT BETWEEN interval '0' AND interval '3 seconds' OR global_id = ANY (?)"
                        + " ORDER BY random() LIMIT ?")) {
            statement.setArray(1, texts(connection, orThese));
            statement.setInt(2, limit);
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    read(rows.getString(1), rows.getArray(2), Duration.ofSeconds(rows.getLong(3)))
                            .ifPresent(decisions::add);
                }
            }
        }
        return decisions;
    }

    /** A row that is not ours to understand stays where it is. */
    private Optional<Decision> read(String global, Array followers, Duration retention) throws SQLException {
        try {
            return Optional.of(new Decision(
                    new GlobalId(global),
                    Arrays.stream((String[]) followers.getArray())
                            .map(String::valueOf)
                            .map(ParticipantId::parse)
                            .toList(),
                    retention));
        } catch (IllegalArgumentException e) {
            LOG.log(Level.WARNING, "A row of " + name + " cannot be read and is left alone: " + e.getMessage());
            return Optional.empty();
        }
    }

    private static Array texts(Connection connection, Collection<?> values) throws SQLException {
        return connection.createArrayOf(
                "text", values.stream().map(Object::toString).toArray());
    }
}
