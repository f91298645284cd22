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
 * Makes a database and its two roles, unless there are.
 *
 * @param settings the database, as the application enters it
 * @param owner the same, as the owner of its tables enters it
 */
record Provisioning(DatabaseSettings settings, DatabaseSettings owner) {

    /** The database that every server has; the roles are kept out of it. */
    private static final String MAINTENANCE = "postgres";

    private static final String DATABASE = "SELECT 1 FROM pg_database WHERE datname = ?";
    private static final String ROLE = "SELECT 1 FROM pg_roles WHERE rolname = ?";
    private static final String PREPARED = "SELECT 1 FROM pg_prepared_xacts WHERE database = ?";

    /**
     * Makes what is missing. Of an earlier Lockstep's database the application's role owns the tables; it is taken from it, but not while a
     * prepared branch has them locked.
     *
     * @param superuser the superuser's way into a database
     * @return the database, as the owner of its tables enters it
     * @throws StartException if the server refuses
     */
    DatabaseSettings apply(Function<String, DataSource> superuser) {
        try {
            try (Connection connection = superuser.apply(MAINTENANCE).getConnection()) {
                if (!exists(connection, DATABASE, settings.database())) {
                    execute(connection, "CREATE DATABASE " + identifier(settings.database()));
                    execute(connection, "REVOKE ALL ON DATABASE " + MAINTENANCE + ", template1 FROM PUBLIC");
                }
            }
            try (Connection connection = superuser.apply(settings.database()).getConnection()) {
                connection.setAutoCommit(false);
                if (!exists(connection, ROLE, settings.user())) {
                    execute(connection, script("provision"));
                } else if (!exists(connection, ROLE, owner.user())) {
                    if (exists(connection, PREPARED, settings.database())) {
                        return settings;
                    }
                    execute(connection, script("separate"));
                }
                connection.commit();
                return owner;
            }
        } catch (SQLException | IOException e) {
            throw new StartException(
                    "Cannot make the database " + settings.database() + " and its roles " + settings.user() + " and "
                            + owner.user() + ": " + e.getMessage(),
                    e);
        }
    }

    /** The scripts are for psql; their variables are put in here as psql does. */
    private String script(String name) throws IOException, SQLException {
        try (InputStream script = Provisioning.class.getResourceAsStream("/postgres/" + name + ".sql")) {
            return new String(script.readAllBytes(), StandardCharsets.UTF_8)
                    .replace(":\"role\"", identifier(settings.user()))
                    .replace(":\"owner\"", identifier(owner.user()))
                    .replace(":\"database\"", identifier(settings.database()))
                    .replace(":'password'", literal(settings.password().orElseThrow()))
                    .replace(":'owner_password'", literal(owner.password().orElseThrow()));
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
