package dev.lockstep.beside;

import dev.lockstep.databases.ConsoleSettings;
import dev.lockstep.web.stream.OrderNames;
import jakarta.annotation.PostConstruct;
import jakarta.ejb.Singleton;
import jakarta.ejb.Startup;
import jakarta.ejb.TransactionManagement;
import jakarta.ejb.TransactionManagementType;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.sql.SQLException;
import java.util.List;
import javax.sql.DataSource;

/**
 * Reads the settings, and makes the tables where it is told to, before the first request. What is wrong is logged and fails the deployment (a startup
 * singleton that cannot be made does; an exception of a servlet listener would not on Payara). A database that is away fails it only if it
 * is to be migrated: the console is needed most while one is away.
 */
@Singleton
@Startup
@TransactionManagement(TransactionManagementType.BEAN)
public class ConsoleStart {

    private static final Logger LOG = System.getLogger(ConsoleStart.class.getName());

    @PostConstruct
    void start() {
        try {
            OrderNames.areForEverybody(System.getenv());
            ConsoleSettings settings = ConsoleSettings.from(System.getenv());
            settings.byName().forEach((name, database) -> prepare(settings, name, database));
            LOG.log(
                    Level.INFO,
                    "The console shows " + settings.jndiNames().keySet() + "; its operators are in "
                            + settings.ofOperators());
        } catch (IllegalArgumentException e) {
            LOG.log(Level.ERROR, "The console does not start. " + e.getMessage());
            throw new IllegalStateException("The console does not start, as is logged above", e);
        }
    }

    private static void prepare(ConsoleSettings settings, String name, DataSource database) {
        ConsoleTables tables = new ConsoleTables(database, name.equals(settings.ofOperators()));
        if (settings.isMigrated(name)) {
            int scripts = migrate(tables, settings.jndiNames().get(name));
            LOG.log(Level.INFO, "Migrations of the console in " + name + ": " + scripts);
            return;
        }
        List<String> missing = missing(tables, name);
        if (!missing.isEmpty()) {
            throw new IllegalArgumentException(
                    settings.jndiNames().get(name) + " lacks the console's tables " + missing + "; name it in "
                            + ConsoleSettings.MIGRATE + ", and the console makes them with the datasource's role");
        }
    }

    private static int migrate(ConsoleTables tables, String jndiName) {
        try {
            return tables.migrate();
        } catch (RuntimeException e) {
            throw new IllegalArgumentException(
                    ConsoleSettings.MIGRATE + ": the console's tables cannot be made in " + jndiName + ": "
                            + e.getMessage(),
                    e);
        }
    }

    private static List<String> missing(ConsoleTables tables, String name) {
        try {
            return tables.missing();
        } catch (SQLException e) {
            LOG.log(
                    Level.WARNING,
                    name + " does not answer, so whether it has the console's tables is not known: " + e.getMessage());
            return List.of();
        }
    }
}
