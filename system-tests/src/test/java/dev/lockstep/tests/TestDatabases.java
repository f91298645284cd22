package dev.lockstep.tests;

import dev.lockstep.launcher.console.Steps;
import dev.lockstep.launcher.data.Secrets;
import dev.lockstep.launcher.postgres.PostgresBinaries;
import dev.lockstep.launcher.postgres.PostgresServer;
import dev.lockstep.launcher.postgres.Schema;
import dev.lockstep.launcher.process.Supervision;
import dev.lockstep.launcher.settings.DatabaseSettings;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.junit.platform.launcher.LauncherSession;
import org.junit.platform.launcher.LauncherSessionListener;

/**
 * The two databases of the tests that deploy: real servers, fsync on, started before the first test and stopped after the
 * last. Their ports and passwords come from the environment, where the deployed application finds the same.
 */
public class TestDatabases implements LauncherSessionListener {

    private static final Map<String, String> ENVIRONMENT = System.getenv();

    private Supervision running;

    @Override
    public void launcherSessionOpened(LauncherSession session) {
        if (System.getProperty("lockstep.distribution") == null) {
            return; // in-process tests need none
        }
        try {
            Path folder = Files.createTempDirectory(TestFolders.target(), "databases-");
            PrintStream log =
                    new PrintStream(Files.newOutputStream(folder.resolve("steps.log")), true, StandardCharsets.UTF_8);
            running = new Supervision(new Steps(log, Clock.systemUTC()));
            start(product(), folder);
            start(orders(), folder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void launcherSessionClosed(LauncherSession session) {
        if (running != null) {
            running.stop(() -> {});
        }
    }

    /** The product database, as the application's role enters it. */
    static DatabaseSettings product() {
        return settings("product");
    }

    /** The orders database, as the application's role enters it. */
    static DatabaseSettings orders() {
        return settings("orders");
    }

    /** {@return both, as the tests look into them} */
    static Databases both() {
        return new Databases(Schema.dataSource(product()), Schema.dataSource(orders()));
    }

    private static DatabaseSettings settings(String name) {
        String prefix = "LOCKSTEP_" + name.toUpperCase(Locale.ROOT) + "_DB_";
        return new DatabaseSettings(
                name,
                Optional.empty(),
                Integer.parseInt(ENVIRONMENT.get(prefix + "PORT")),
                name,
                name,
                Optional.of(ENVIRONMENT.get(prefix + "PASSWORD")));
    }

    private void start(DatabaseSettings database, Path folder) {
        PostgresServer server = new PostgresServer(
                PostgresBinaries.in(TestFolders.target()),
                database,
                folder.resolve(database.name()),
                folder.resolve(database.name() + ".log"),
                new Secrets(folder.resolve("secrets.properties")),
                List.of());
        server.prepare();
        running.start(server);
        server.provision();
        Schema.migrate(database, false);
    }
}
