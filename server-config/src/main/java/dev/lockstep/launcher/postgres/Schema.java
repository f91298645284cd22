package dev.lockstep.launcher.postgres;

import dev.lockstep.launcher.console.StartException;
import dev.lockstep.launcher.settings.DatabaseSettings;
import java.util.ArrayList;
import java.util.List;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.postgresql.ds.PGSimpleDataSource;

/** Brings the tables of a database up to date, as the application role that owns them. */
public final class Schema {

    /** Held, since the logging system would forget the level of a logger nobody holds. */
    private static final Logger FLYWAY = Logger.getLogger("org.flywaydb");

    static {
        FLYWAY.setLevel(Level.WARNING);
    }

    private Schema() {}

    /**
     * Applies the migrations that are missing.
     *
     * @param database the database, with its password
     * @param isDemo whether to fill the product table, if this is the product database
     * @return how many migrations were applied
     * @throws StartException if the database cannot be reached or a migration fails
     */
    public static int migrate(DatabaseSettings database, boolean isDemo) {
        List<String> locations =
                new ArrayList<>(List.of("classpath:db/" + database.name(), "classpath:db/participant"));
        if (isDemo && database.name().equals("product")) {
            locations.add("classpath:db/demo");
        }
        try {
            return Flyway.configure(Schema.class.getClassLoader())
                    .dataSource(dataSource(database))
                    .locations(locations.toArray(String[]::new))
                    // The demo products of an earlier start need not be wanted any more.
                    .ignoreMigrationPatterns("repeatable:missing", "*:future")
                    .load()
                    .migrate()
                    .migrationsExecuted;
        } catch (FlywayException e) {
            throw new StartException(
                    "Cannot migrate the " + database.name() + " database at " + database.address() + ": "
                            + e.getMessage(),
                    e);
        }
    }

    /**
     * The application's way in.
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
