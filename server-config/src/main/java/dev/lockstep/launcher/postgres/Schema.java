package dev.lockstep.launcher.postgres;

import dev.lockstep.launcher.console.StartException;
import dev.lockstep.launcher.settings.DatabaseSettings;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.postgresql.ds.PGSimpleDataSource;

/** Brings the tables of a database up to date, as the role that owns them, and gives the application its rights. */
public final class Schema {

    /** Held, since the logging system would forget the level of a logger nobody holds. */
    private static final Logger FLYWAY = Logger.getLogger("org.flywaydb");

    static {
        FLYWAY.setLevel(Level.WARNING);
    }

    /** No role but the schema's owner may make tables there; without a schema Flyway finds the words. */
    private static final String MAY_MIGRATE = "SELECT coalesce(has_schema_privilege(current_schema(), 'CREATE'), true)";

    /** The schema has the name of the application's role, be its owner another one; the application itself asks whether all is there. */
    private static final String APPLICATION =
            "SELECT quote_ident(rolname) FROM pg_roles WHERE rolname = current_schema()"
                    + " AND (rolname <> current_user OR NOT has_schema_privilege(rolname, rolname, 'CREATE'))";

    private static final String PREPARED =
            "SELECT string_agg(date_trunc('second', prepared) || ': ' || gid, '; ') FROM pg_prepared_xacts"
                    + " WHERE database = current_database()";

    private static final String LOCK_NOT_AVAILABLE = "55P03";

    private Schema() {}

    /**
     * Applies the migrations that are missing.
     *
     * @param database the database, as the owner of its tables enters it; whoever else enters is told whether one is missing
     * @param isDemo whether to fill the product table, if this is the product database
     * @return how many migrations were applied
     * @throws StartException if the database cannot be reached or a migration fails, or is missing and not for this role
     */
    public static int migrate(DatabaseSettings database, boolean isDemo) {
        return migrate(database, Migrations.of(database, isDemo), Migrations.of(database, true));
    }

    /**
     * Applies the migrations of another application, and the participant's, that are missing.
     *
     * @param database the database, as the owner of its tables enters it
     * @param scripts the folder of the application's scripts, {@code V1__name.sql} and so on
     * @return how many migrations were applied
     * @throws StartException if the database cannot be reached or a migration fails
     */
    public static int migrate(DatabaseSettings database, Path scripts) {
        List<Migrations> all = Migrations.of(database, scripts);
        return migrate(database, all, all);
    }

    private static int migrate(DatabaseSettings database, List<Migrations> wanted, List<Migrations> known) {
        try {
            SharedHistory earlier = new SharedHistory(database);
            if (answer(database, MAY_MIGRATE).filter("f"::equals).isPresent()) {
                if (earlier.isUndivided()) {
                    throw lacks(database, "what this version makes of its migrations' history");
                }
                requireNoneMissing(database, wanted);
                return 0;
            }
            earlier.divideAmong(known);
            Optional<String> application = answer(database, APPLICATION);
            DataSource patient = patient(database);
            int applied = 0;
            for (Migrations migrations : wanted) {
                if (!migrations.areRights() || application.isPresent()) {
                    applied +=
                            flyway(migrations, patient, application.orElse("")).migrate().migrationsExecuted;
                }
            }
            return applied;
        } catch (FlywayException | SQLException e) {
            throw new StartException(
                    "Cannot migrate the " + database.name() + " database at " + database.address() + ": "
                            + e.getMessage() + (isLockedOut(e) ? whoeverIsPrepared(database) : ""),
                    e);
        }
    }

    private static boolean isLockedOut(Throwable failure) {
        return Stream.iterate(failure, cause -> cause != null, Throwable::getCause)
                .anyMatch(cause ->
                        cause instanceof SQLException refusal && LOCK_NOT_AVAILABLE.equals(refusal.getSQLState()));
    }

    /** A branch in doubt keeps its locks, and the server that settles it starts after the migration. */
    private static String whoeverIsPrepared(DatabaseSettings database) {
        try {
            return answer(database, PREPARED)
                    .map(branches -> System.lineSeparator() + "Prepared since " + branches
                            + ". Start the application as the role that prepared them: it settles what is a dead server's,"
                            + " before it asks for migrations")
                    .orElse("");
        } catch (SQLException e) {
            return System.lineSeparator() + "Whether a branch is prepared is not known: " + e.getMessage();
        }
    }

    /** It waits ten seconds for a table that others use, unless the role's own setting says otherwise. */
    private static DataSource patient(DatabaseSettings database) throws SQLException {
        PGSimpleDataSource patient = dataSource(database);
        if (answer(database, "SHOW lock_timeout").filter("0"::equals).isPresent()) {
            patient.setOptions("-c lock_timeout=10s");
        }
        return patient;
    }

    private static Flyway flyway(Migrations migrations, DataSource database, String application) {
        return migrations.in(Flyway.configure(Schema.class.getClassLoader())
                .dataSource(database)
                .placeholders(Map.of("role", application)));
    }

    /**
     * Tells whether a migration is missing.
     *
     * @param database the database, with tables or without
     * @param isDemo whether the product table is to be filled, if this is the product database
     * @return whether {@link #migrate} would change it
     * @throws StartException if the database cannot be asked
     */
    public static boolean isBehind(DatabaseSettings database, boolean isDemo) {
        try {
            return new SharedHistory(database).isUndivided()
                    || missingIn(database, Migrations.of(database, isDemo)) > 0;
        } catch (FlywayException | SQLException e) {
            throw new StartException(
                    "Cannot read which migrations the " + database.name() + " database at " + database.address()
                            + " has: " + e.getMessage(),
                    e);
        }
    }

    private static int missingIn(DatabaseSettings database, List<Migrations> wanted) throws SQLException {
        Optional<String> application = answer(database, APPLICATION);
        return wanted.stream()
                .filter(migrations -> !migrations.areRights() || application.isPresent())
                .mapToInt(migrations -> flyway(migrations, dataSource(database), application.orElse(""))
                        .info()
                        .pending()
                        .length)
                .sum();
    }

    private static void requireNoneMissing(DatabaseSettings database, List<Migrations> wanted) throws SQLException {
        int missing = missingIn(database, wanted);
        if (missing > 0) {
            throw lacks(database, missing + " migrations");
        }
    }

    private static StartException lacks(DatabaseSettings database, String what) {
        return new StartException(
                database.where() + " lacks " + what + ", and " + database.setting("USER", database.user())
                        + " may change rows alone; run 'java -jar lockstep.jar migrate' with USER and PASSWORD of the role"
                        + " that owns the tables");
    }

    private static Optional<String> answer(DatabaseSettings database, String question) throws SQLException {
        try (Connection connection = dataSource(database).getConnection();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(question)) {
            return row.next() ? Optional.ofNullable(row.getString(1)) : Optional.empty();
        }
    }

    /**
     * A role's way in.
     *
     * @param database the database, with its password
     * @return a datasource without a pool
     */
    public static PGSimpleDataSource dataSource(DatabaseSettings database) {
        PGSimpleDataSource dataSource = new PGSimpleDataSource();
        dataSource.setServerNames(new String[] {database.host().orElse(DatabaseSettings.LOOPBACK)});
        dataSource.setPortNumbers(new int[] {database.port()});
        dataSource.setDatabaseName(database.database());
        dataSource.setUser(database.user());
        dataSource.setPassword(database.password().orElseThrow());
        return dataSource;
    }
}
