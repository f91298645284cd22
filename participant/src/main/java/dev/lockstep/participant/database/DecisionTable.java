package dev.lockstep.participant.database;

import static java.util.stream.Collectors.joining;

import dev.lockstep.participant.branch.GlobalId;
import dev.lockstep.participant.branch.ParticipantId;
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
import java.util.Set;

/** The table {@code xa_decision}: one row for each committed transaction that somebody may still ask about. */
public final class DecisionTable {

    /** What creates it, in a schema of the search path of the pool's user. */
    public static final String DDL = """
            CREATE TABLE xa_decision (
                global_id  text PRIMARY KEY,
                followers  text[] NOT NULL,
                decided_at timestamptz NOT NULL DEFAULT clock_timestamp(),
                kept_until timestamptz NOT NULL
            );""";

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

    private static final String FIND = "SELECT global_id FROM xa_decision WHERE global_id = ANY (?)";
    private static final String DELETE = "DELETE FROM xa_decision WHERE global_id = ANY (?)";
    private static final String FORGETTABLE = """
            SELECT global_id, followers FROM xa_decision
            WHERE kept_until < clock_timestamp() OR global_id = ANY (?)
            ORDER BY kept_until LIMIT ?""";

    private DecisionTable() {}

    /**
     * Refuses a database whose decisions could not be kept.
     *
     * @param connection a connection of the pool's user
     * @throws SQLException if the table is missing, of another form, or not writable; says the SQL that mends it
     */
    public static void require(Connection connection) throws SQLException {
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
    }

    /** The statement that writes a row; nothing in a decision's names needs quoting. */
    static String insert(Decision decision, Duration retention) {
        return "INSERT INTO xa_decision (global_id, followers, kept_until) VALUES ('" + decision.global() + "', '{"
                + decision.followers().stream().map(ParticipantId::toString).collect(joining(","))
                + "}', clock_timestamp() + interval '"
                + retention.toMillis() + " ms')";
    }

    static Set<GlobalId> find(Connection connection, Collection<GlobalId> globals) throws SQLException {
        Set<GlobalId> found = new HashSet<>();
        try (PreparedStatement statement = connection.prepareStatement(FIND)) {
            statement.setArray(1, texts(connection, globals));
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    found.add(new GlobalId(rows.getString(1)));
                }
            }
        }
        return found;
    }

    static void delete(Connection connection, Collection<GlobalId> globals) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(DELETE)) {
            statement.setArray(1, texts(connection, globals));
            statement.executeUpdate();
        }
    }

    static List<Decision> forgettable(Connection connection, Collection<GlobalId> orThese, int limit)
            throws SQLException {
        List<Decision> decisions = new ArrayList<>();
        try (PreparedStatement statement = connection.prepareStatement(FORGETTABLE)) {
            statement.setArray(1, texts(connection, orThese));
            statement.setInt(2, limit);
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    decisions.add(new Decision(
                            new GlobalId(rows.getString(1)),
                            Arrays.stream((String[]) rows.getArray(2).getArray())
                                    .map(ParticipantId::parse)
                                    .toList()));
                }
            }
        }
        return decisions;
    }

    private static Array texts(Connection connection, Collection<?> values) throws SQLException {
        return connection.createArrayOf(
                "text", values.stream().map(Object::toString).toArray());
    }
}
