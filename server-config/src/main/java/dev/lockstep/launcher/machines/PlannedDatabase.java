package dev.lockstep.launcher.machines;

import dev.lockstep.launcher.console.Steps;
import dev.lockstep.launcher.data.DataFolder;
import dev.lockstep.launcher.data.Secrets;
import dev.lockstep.launcher.postgres.PostgresServer;
import dev.lockstep.launcher.postgres.Schema;
import dev.lockstep.launcher.settings.DatabaseSettings;
import java.nio.file.Path;
import java.util.Optional;

/**
 * A database of a plan, on a PostgreSQL server of its own.
 *
 * @param settings how its application enters it
 * @param server its server
 * @param scripts of its tables; empty for one of the shop's, of which the launcher has them
 */
record PlannedDatabase(DatabaseSettings settings, PostgresServer server, Optional<Path> scripts) {

    static PlannedDatabase in(DataFolder folder, String name, int port, Secrets secrets, Optional<Path> scripts) {
        DatabaseSettings settings =
                new DatabaseSettings(name, Optional.empty(), port, name, name, Optional.of(secrets.of(name)));
        return new PlannedDatabase(settings, PostgresServer.in(folder, settings, secrets), scripts);
    }

    /**
     * Makes what is missing in it; its server runs.
     *
     * @param hasDemoProducts whether to fill the product table, if this is the product database
     * @param steps where it is told
     * @return the database, as the owner of its tables enters it
     */
    DatabaseSettings fill(boolean hasDemoProducts, Steps steps) {
        DatabaseSettings owner = server.provision();
        int applied = scripts.map(folder -> Schema.migrate(owner, folder))
                .orElseGet(() -> Schema.migrate(owner, hasDemoProducts));
        steps.say("Tables of the " + settings.name() + " database at " + settings.address() + " are up to date ("
                + applied + " migrations applied)");
        return owner;
    }
}
