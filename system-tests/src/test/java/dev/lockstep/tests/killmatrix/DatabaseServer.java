package dev.lockstep.tests.killmatrix;

import dev.lockstep.launcher.data.Secrets;
import dev.lockstep.launcher.postgres.PostgresBinaries;
import dev.lockstep.launcher.postgres.PostgresServer;
import dev.lockstep.launcher.postgres.Schema;
import dev.lockstep.launcher.settings.DatabaseSettings;
import dev.lockstep.testing.FaultyNetwork;
import dev.lockstep.tests.FreePorts;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** A PostgreSQL server of the embedded default, fsync on, and the network by which Payara reaches it. */
final class DatabaseServer implements AutoCloseable {

    private static final Duration START_LIMIT = Duration.ofMinutes(1);

    private final DatabaseSettings settings;
    private final PostgresServer server;
    private final FaultyNetwork network;
    private ChildProcess process;

    private DatabaseServer(DatabaseSettings settings, PostgresServer server, FaultyNetwork network) {
        this.settings = settings;
        this.server = server;
        this.network = network;
    }

    /** Makes and starts one, with its tables, in a prepared folder. */
    static DatabaseServer start(String name, Path folder) {
        DatabaseSettings settings = new DatabaseSettings(
                name, Optional.empty(), FreePorts.one(), name, name, Optional.of("for the kill matrix"));
        PostgresServer server = new PostgresServer(
                PostgresBinaries.in(folder),
                settings,
                folder.resolve(name),
                folder.resolve(name + ".log"),
                new Secrets(folder.resolve("secrets.properties")),
                List.of("log_line_prefix = '%m [%p] %a '"));
        server.prepare();
        DatabaseServer started =
                new DatabaseServer(settings, server, new FaultyNetwork(FreePorts.one(), settings.port()));
        started.bringBack();
        started.awaitBack();
        server.provision();
        Schema.migrate(settings, false);
        return started;
    }

    String name() {
        return settings.name();
    }

    /** The way to it that no fault disturbs. */
    DatabaseSettings settings() {
        return settings;
    }

    FaultyNetwork network() {
        return network;
    }

    /** What Payara's boot commands read: the way through the network. */
    void putInto(Map<String, String> environment) {
        String prefix = "LOCKSTEP_" + name().toUpperCase(Locale.ROOT) + "_DB_";
        environment.put(prefix + "HOST", DatabaseSettings.LOOPBACK);
        environment.put(prefix + "PORT", Integer.toString(network.port()));
        environment.put(prefix + "NAME", settings.database());
        environment.put(prefix + "USER", settings.user());
        environment.put(prefix + "PASSWORD", settings.password().orElseThrow());
    }

    /** An immediate shutdown: no checkpoint, every connection breaks. */
    void stopImmediately() {
        process.end("QUIT");
    }

    /** SIGKILL for the server and all its processes. */
    void kill() {
        process.kill();
    }

    void bringBack() {
        process = ChildProcess.start(server.command(), server.log());
    }

    /** Brings it back if it is away. */
    void revive() {
        if (!process.isAlive()) {
            bringBack();
        }
        awaitBack();
    }

    /** Waits until it accepts connections. */
    void awaitBack() {
        Patience.require(
                START_LIMIT, server.name() + " accepts connections; its log: " + server.log(), server::isReady);
    }

    @Override
    public void close() throws IOException {
        network.close();
        if (process.isAlive()) {
            process.end("INT");
        }
    }
}
