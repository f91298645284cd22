package dev.lockstep.launcher.postgres;

import dev.lockstep.launcher.settings.DatabaseSettings;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * A look at a database of the user's own before anything is done there, by the application's way in: what is wrong is told by the setting
 * that is to blame, its value and the remedy. What needs the application's tables is left to its doctor.
 *
 * @param errors what stops the start
 * @param warnings what may be meant so
 */
public record FirstLook(List<String> errors, List<String> warnings) {

    private static final int CONNECT_SECONDS = 5;
    private static final int ANSWER_SECONDS = 10;

    private static final String WRONG_PASSWORD = "28P01";
    private static final String NO_SUCH_DATABASE = "3D000";

    private static final String FACTS = """
            SELECT pg_is_in_recovery() AS standby,
                   current_setting('default_transaction_read_only')::bool AS read_only,
                   current_setting('default_transaction_isolation') AS isolation,
                   current_setting('server_encoding') AS encoding
            """;

    /**
     * Looks.
     *
     * @param database a database of the user's own, with its password
     * @return what was seen
     */
    public static FirstLook at(DatabaseSettings database) {
        PGSimpleDataSource dataSource = Schema.dataSource(database);
        dataSource.setConnectTimeout(CONNECT_SECONDS);
        dataSource.setLoginTimeout(ANSWER_SECONDS);
        dataSource.setSocketTimeout(ANSWER_SECONDS);
        try (Connection connection = dataSource.getConnection();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(FACTS)) {
            row.next();
            return new FirstLook(errors(database, row), warnings(database, row));
        } catch (SQLException e) {
            return new FirstLook(List.of(refusal(database, e)), List.of());
        }
    }

    private static List<String> errors(DatabaseSettings database, ResultSet row) throws SQLException {
        String remedy = "; as a superuser run ALTER ROLE \"" + database.user() + "\" SET ";
        List<String> errors = new ArrayList<>();
        if (row.getBoolean("standby")) {
            errors.add(database.where() + " is a standby, which takes no orders; set " + database.variable("HOST")
                    + " and PORT to the primary");
        } else if (row.getBoolean("read_only")) {
            errors.add(database.where() + " lets " + database.user()
                    + " only read: default_transaction_read_only is on" + remedy
                    + "default_transaction_read_only = off");
        }
        String isolation = row.getString("isolation");
        if (!isolation.equals("read committed")) {
            errors.add(database.where() + " would refuse orders that meet: default_transaction_isolation is "
                    + isolation + remedy + "default_transaction_isolation = 'read committed'");
        }
        return errors;
    }

    private static List<String> warnings(DatabaseSettings database, ResultSet row) throws SQLException {
        String encoding = row.getString("encoding");
        return encoding.equals("UTF8")
                ? List.of()
                : List.of(
                        database.where() + " keeps text in " + encoding
                                + ", so names with other letters are refused or mangled; make the database with ENCODING 'UTF8'");
    }

    private static String refusal(DatabaseSettings database, SQLException e) {
        String words = e.getMessage();
        if (isCausedBy(e, UnknownHostException.class)) {
            return database.setting("HOST", database.host().orElseThrow())
                    + " is a name that this machine knows no address for; correct it";
        }
        if (isCausedBy(e, ConnectException.class)) {
            return database.where() + " does not listen; start PostgreSQL there, or correct "
                    + database.variable("HOST") + " and PORT";
        }
        if (WRONG_PASSWORD.equals(e.getSQLState())) {
            return database.setting("USER", database.user()) + " is refused with its password at " + database.address()
                    + " (" + words + "); correct " + database.variable("PASSWORD") + ", or what "
                    + database.variable("PASSWORD_FILE") + " names";
        }
        if (NO_SUCH_DATABASE.equals(e.getSQLState())) {
            return database.setting("NAME", database.database()) + " is no database of the server at "
                    + database.address() + " (" + words + "); create it, or correct the name";
        }
        return database.where() + " does not let " + database.user() + " in: "
                + Stream.iterate((Throwable) e, cause -> cause != null, Throwable::getCause)
                        .map(Throwable::getMessage)
                        .distinct()
                        .reduce((outer, inner) -> outer + " " + inner)
                        .orElseThrow()
                + "; check " + database.variable("*");
    }

    private static boolean isCausedBy(SQLException e, Class<? extends Exception> kind) {
        return Stream.iterate((Throwable) e, cause -> cause != null, Throwable::getCause)
                .anyMatch(kind::isInstance);
    }
}
