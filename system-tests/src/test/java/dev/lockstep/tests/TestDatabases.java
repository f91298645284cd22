package dev.lockstep.tests;

import dev.lockstep.launcher.console.Steps;
import dev.lockstep.launcher.data.FileTree;
import dev.lockstep.launcher.data.Secrets;
import dev.lockstep.launcher.postgres.PostgresBinaries;
import dev.lockstep.launcher.postgres.PostgresServer;
import dev.lockstep.launcher.postgres.Schema;
import dev.lockstep.launcher.process.Supervision;
import dev.lockstep.launcher.settings.DatabaseSettings;
import dev.lockstep.launcher.settings.Settings;
import dev.lockstep.launcher.testing.PayaraLog;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.platform.launcher.LauncherSession;
import org.junit.platform.launcher.LauncherSessionListener;

/**
 * The two databases of the tests that deploy: real servers, fsync on, started for the first that asks and stopped with the last test.
 *
 * <p>A server that Arquillian starts inherits this JVM's environment, which nobody can change any more. So it gets boot commands in which
 * the values are put in already. They, its log and all data are in a folder of this JVM's own, which arquillian.xml knows by a system
 * property.
 */
public class TestDatabases implements LauncherSessionListener {

    private static final String FOLDER = "lockstep.arquillian";
    private static final Duration END_LIMIT = Duration.ofSeconds(30);

    private static Supervision running;
    private static Settings settings;
    private static DatabaseSettings product;
    private static DatabaseSettings orders;

    @Override
    public void launcherSessionOpened(LauncherSession session) {
        if (System.getProperty("lockstep.distribution") == null) {
            return; // in-process tests need none
        }
        System.setProperty(
                FOLDER,
                TestFolders.target()
                        .resolve("arquillian-" + ProcessHandle.current().pid())
                        .toString());
        System.setProperty(FOLDER + ".port", Integer.toString(FreePorts.one()));
    }

    @Override
    public void launcherSessionClosed(LauncherSession session) {
        synchronized (TestDatabases.class) {
            if (running != null) {
                running.stop(() -> {});
                running = null;
            }
        }
    }

    /** The product database, as the application's role enters it. */
    static DatabaseSettings product() {
        start();
        return product;
    }

    /** The orders database, as the application's role enters it. */
    static DatabaseSettings orders() {
        start();
        return orders;
    }

    /** {@return both, as the tests look into them} */
    static Databases both() {
        return new Databases(Schema.dataSource(product()), Schema.dataSource(orders()));
    }

    /** What a server's boot commands read in its environment, to find both. */
    static Map<String, String> environment() {
        start();
        return settings.serverEnvironment(product, orders);
    }

    /** Writes the boot commands for the server that Arquillian starts next; the last one must be gone, whose name it takes. */
    static void writeBootCommands() {
        Map<String, String> environment = environment();
        Path folder = folder();
        try {
            String commands = PayaraLog.withPasswords(
                    Files.readString(TestFolders.distribution().resolve("lockstep.asadmin")));
            for (Map.Entry<String, String> variable : environment.entrySet()) {
                commands = Pattern.compile("\\$\\{ENV=" + variable.getKey() + "(:[^}]*)?}")
                        .matcher(commands)
                        .replaceAll(Matcher.quoteReplacement(variable.getValue()));
            }
            Files.writeString(folder.resolve("boot.asadmin"), commands);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        LauncherProcess.await(END_LIMIT, "the end of the server before", () -> ProcessHandle.current()
                .children()
                .noneMatch(child -> child.info()
                        .commandLine()
                        .filter(line -> line.contains(folder.toString() + "/boot.asadmin"))
                        .isPresent()));
    }

    private static Path folder() {
        return Path.of(System.getProperty(FOLDER));
    }

    private static synchronized void start() {
        if (running != null) {
            return;
        }
        try {
            Path folder = folder();
            FileTree.delete(folder); // of another build, whose JVM had the same process id
            Files.createDirectories(folder);
            PrintStream log =
                    new PrintStream(Files.newOutputStream(folder.resolve("steps.log")), true, StandardCharsets.UTF_8);
            running = new Supervision(new Steps(log, Clock.systemUTC()));
            settings = Settings.from(Map.of(
                    "LOCKSTEP_SERVER_NAME", "arquillian",
                    "LOCKSTEP_PRODUCT_DB_PORT", Integer.toString(FreePorts.one()),
                    "LOCKSTEP_ORDERS_DB_PORT", Integer.toString(FreePorts.one())));
            PreparedFolder.putInto(folder);
            Secrets secrets = new Secrets(folder.resolve("secrets.properties"));
            product = started(settings.product(), secrets, folder);
            orders = started(settings.orders(), secrets, folder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static DatabaseSettings started(DatabaseSettings embedded, Secrets secrets, Path folder) {
        DatabaseSettings database = embedded.completed(() -> secrets.of(embedded.name()));
        PostgresServer server = new PostgresServer(
                PostgresBinaries.in(folder),
                database,
                folder.resolve(database.name()),
                folder.resolve(database.name() + ".log"),
                secrets,
                List.of());
        server.prepare();
        running.start(server);
        Schema.migrate(server.provision(), false);
        return database;
    }
}
