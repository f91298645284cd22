package dev.lockstep.launcher.postgres;

import dev.lockstep.launcher.console.StartException;
import dev.lockstep.launcher.settings.DatabaseSettings;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The history that all owners of tables shared before each had its own. It is divided once. Then it stays as it is: an older server can
 * start on the database once more, and finds nothing to do.
 *
 * @param database the database, as a role that may make tables there enters it
 */
record SharedHistory(DatabaseSettings database) {

    private static final String NAME = "flyway_schema_history";

    /** Whatever else the search path finds is not meant. The participant's history is made with all others, or none is. */
    private static final String UNDIVIDED = """
            SELECT to_regclass(quote_ident(current_schema()) || '.flyway_schema_history') IS NOT NULL
               AND to_regclass(quote_ident(current_schema()) || '.participant_schema_history') IS NULL""";

    private static final String ROWS =
            "SELECT installed_rank, version, script, installed_on, success FROM " + NAME + " ORDER BY installed_rank";

    /**
     * Tells whether it is there and not divided yet.
     *
     * @throws SQLException if the database does not answer
     */
    boolean isUndivided() throws SQLException {
        try (Connection connection = Schema.dataSource(database).getConnection()) {
            return isUndivided(connection);
        }
    }

    private static boolean isUndivided(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(UNDIVIDED)) {
            row.next();
            return row.getBoolean(1);
        }
    }

    /**
     * Copies each row into its owner's history, unless somebody has done so: all in one transaction, one server at a time. What an earlier
     * version repeated, and this one brings no more, is not copied.
     *
     * @param owners all that may have tables in the database
     * @throws StartException if a row is nobody's, or its migration failed; nothing is changed then
     * @throws SQLException if the database fails
     */
    void divideAmong(List<Migrations> owners) throws SQLException {
        if (!isUndivided()) {
            return;
        }
        try (Connection connection = Schema.dataSource(database).getConnection();
                Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            statement.execute("LOCK TABLE " + NAME + " IN EXCLUSIVE MODE");
            if (isUndivided(connection)) {
                for (Map.Entry<Migrations, List<Integer>> share :
                        sharesOf(owners, statement).entrySet()) {
                    copy(connection, share.getKey().history(), share.getValue());
                }
                connection.commit();
            }
        }
    }

    private Map<Migrations, List<Integer>> sharesOf(List<Migrations> owners, Statement statement) throws SQLException {
        Map<Migrations, List<Integer>> shares = new LinkedHashMap<>();
        owners.forEach(owner -> shares.put(owner, new ArrayList<>()));
        try (ResultSet row = statement.executeQuery(ROWS)) {
            while (row.next()) {
                String script = row.getString("script");
                if (!row.getBoolean("success")) {
                    throw refusal("says that " + script + " failed at " + row.getString("installed_on")
                            + "; mend what it left half done, delete its row there, and start again");
                }
                Optional<Migrations> owner =
                        owners.stream().filter(each -> each.has(script)).findFirst();
                if (owner.isPresent()) {
                    shares.get(owner.get()).add(row.getInt("installed_rank"));
                } else if (row.getString("version") != null) {
                    throw refusal("has a row of " + script + ", which no part of this version brings;"
                            + " is it another application's, or a newer version's?");
                } // else it was repeated until it was no longer there
            }
        }
        return shares;
    }

    private static void copy(Connection connection, String history, List<Integer> ranks) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("CREATE TABLE " + history + " (LIKE " + NAME + " INCLUDING ALL)");
        }
        try (PreparedStatement insert = connection.prepareStatement(
                "INSERT INTO " + history + " SELECT * FROM " + NAME + " WHERE installed_rank = ANY (?)")) {
            insert.setArray(1, connection.createArrayOf("int4", ranks.toArray()));
            insert.executeUpdate();
        }
    }

    private StartException refusal(String words) {
        return new StartException(database.where() + " cannot be migrated: its table " + NAME + " " + words);
    }
}
