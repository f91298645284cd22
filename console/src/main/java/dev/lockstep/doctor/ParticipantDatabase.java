package dev.lockstep.doctor;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Locale;
import javax.sql.DataSource;

/**
 * A database that takes part in transactions, as the doctor sees it.
 *
 * @param name what the settings call it: {@code product} or {@code orders}
 * @param table the table without which its service cannot work
 * @param statement what an order does in that table, but to no row
 * @param dataSource the pool, not null
 */
public record ParticipantDatabase(String name, String table, String statement, DataSource dataSource) {

    private static final String FACTS = """
            SELECT current_setting('max_prepared_transactions')::int AS prepared_max,
                   (SELECT count(*) FROM pg_prepared_xacts)::int AS prepared_now,
                   current_setting('fsync')::bool AS fsync,
                   current_setting('full_page_writes')::bool AS full_page_writes,
                   pg_is_in_recovery() OR current_setting('default_transaction_read_only')::bool AS read_only,
                   to_regclass('%s') IS NOT NULL AS migrated,
                   current_database() AS database,
                   (SELECT system_identifier FROM pg_control_system()) AS cluster
            """;

    /** {@return the datasource's JNDI name} */
    public String jndiName() {
        return "jdbc/" + name;
    }

    /** {@return the prefix of the environment variables that configure it} */
    public String variables() {
        return "LOCKSTEP_" + name.toUpperCase(Locale.ROOT) + "_DB_";
    }

    /**
     * Asks the database about itself.
     *
     * @return what it answered
     * @throws SQLException if it does not answer
     */
    public DatabaseFacts facts() throws SQLException {
        try (Connection connection = dataSource.getConnection();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(FACTS.replace("%s", table))) {
            row.next();
            return new DatabaseFacts(
                    row.getInt("prepared_max"),
                    row.getInt("prepared_now"),
                    row.getBoolean("fsync"),
                    row.getBoolean("full_page_writes"),
                    row.getBoolean("read_only"),
                    row.getBoolean("migrated"),
                    row.getString("database"),
                    row.getString("cluster"));
        }
    }
}
