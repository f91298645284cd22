package dev.lockstep.beside;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;

/**
 * The console's own tables in a database, beside those of the application. Their history is a table of its own, the launcher's, so that either may
 * go on where the other left off.
 *
 * @param database where they are
 * @param keepsOperators whether the operators and their sessions are kept there, too
 */
record ConsoleTables(DataSource database, boolean keepsOperators) {

    private static final String HISTORY = "console_schema_history";

    private static final String MISSING = """
            SELECT string_agg(name, ', ') FROM unnest(string_to_array(?, ',')) name WHERE to_regclass(name) IS NULL""";

    /**
     * Brings the tables up to date, and leaves all others alone.
     *
     * @return how many scripts were run
     * @throws RuntimeException if the database does not answer, or its role may not make tables
     */
    int migrate() {
        return Flyway.configure(ConsoleTables.class.getClassLoader())
                .dataSource(database)
                .table(HISTORY)
                .locations(
                        keepsOperators
                                ? new String[] {"classpath:db/console/audit", "classpath:db/console/operator"}
                                : new String[] {"classpath:db/console/audit"})
                .baselineOnMigrate(true)
                .baselineVersion("0")
                .ignoreMigrationPatterns("*:future")
                .load()
                .migrate()
                .migrationsExecuted;
    }

    /**
     * Looks for the tables.
     *
     * @return the names of those that are not there
     * @throws SQLException if the database does not answer
     */
    List<String> missing() throws SQLException {
        try (Connection connection = database.getConnection();
                PreparedStatement query = connection.prepareStatement(MISSING)) {
            query.setString(1, keepsOperators ? "operator_action,operator,operator_session" : "operator_action");
            try (ResultSet row = query.executeQuery()) {
                row.next();
                String names = row.getString(1);
                return names == null ? List.of() : List.of(names.split(", ", -1));
            }
        }
    }
}
