package dev.lockstep.launcher.postgres;

import dev.lockstep.launcher.console.StartException;
import dev.lockstep.launcher.settings.DatabaseSettings;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.function.Function;
import javax.sql.DataSource;
import org.postgresql.core.Utils;

/**
 * Makes a database and its application role, unless there are.
 *
 * @param settings the database, with the role's password
 */
record Provisioning(DatabaseSettings settings) {

    /** The database that every server has; the role is kept out of it. */
    private static final String MAINTENANCE = "postgres";

    /**
     * Makes what is missing.
     *
     * @param superuser the superuser's way into a database
     * @throws StartException if the server refuses
     */
    void apply(Function<String, DataSource> superuser) {
        try {
            try (Connection connection = superuser.apply(MAINTENANCE).getConnection()) {
                if (!exists(connection, "SELECT 1 FROM pg_database WHERE datname = ?", settings.database())) {
                    execute(connection, "CREATE DATABASE " + identifier(settings.database()));
                    execute(connection, "REVOKE ALL ON DATABASE " + MAINTENANCE + ", template1 FROM PUBLIC");
                }
            }
            try (Connection connection = superuser.apply(settings.database()).getConnection()) {
                if (!exists(connection, "SELECT 1 FROM pg_roles WHERE rolname = ?", settings.user())) {
                    connection.setAutoCommit(false);
                    execute(connection, script());
                    connection.commit();
                }
            }
        } catch (SQLException | IOException e) {
            throw new StartException(
                    "Cannot make the database " + settings.database() + " and its role " + settings.user() + ": "
                            + e.getMessage(),
                    e);
        }
    }

    /** The script is for psql; its variables are put in here as psql does. */
    private String script() throws IOException, SQLException {
        try (InputStream script = Provisioning.class.getResourceAsStream("/postgres/provision.sql")) {
            return new String(script.readAllBytes(), StandardCharsets.UTF_8)
                    .replace(":\"role\"", identifier(settings.user()))
                    .replace(":\"database\"", identifier(settings.database()))
                    .replace(":'password'", literal(settings.password().orElseThrow()));
        }
    }

    private static boolean exists(Connection connection, String query, String name) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(query)) {
            statement.setString(1, name);
            return statement.executeQuery().next();
        }
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static String identifier(String name) throws SQLException {
        return Utils.escapeIdentifier(null, name).toString();
    }

    private static String literal(String text) throws SQLException {
        return "'" + Utils.escapeLiteral(null, text, true) + "'";
    }
}
