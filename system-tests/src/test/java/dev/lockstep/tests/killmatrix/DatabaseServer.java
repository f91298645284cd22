package dev.lockstep.tests.killmatrix;

import dev.lockstep.launcher.data.Secrets;
import dev.lockstep.launcher.postgres.PostgresBinaries;
import dev.lockstep.launcher.postgres.PostgresServer;
import dev.lockstep.launcher.postgres.Schema;
import dev.lockstep.launcher.settings.DatabaseSettings;
import dev.lockstep.testing.FaultyNetwork;
import dev.lockstep.testing.PlainSql;
import dev.lockstep.testing.StreamingStandby;
import dev.lockstep.tests.FreePorts;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.postgresql.ds.PGSimpleDataSource;

/** A PostgreSQL server of the embedded default, fsync on, and the network by which Payara reaches it. */
public final class DatabaseServer implements AutoCloseable {

    private static final Duration START_LIMIT = Duration.ofMinutes(1);

    private final PostgresServer server;
    private final FaultyNetwork network;
    private final PGSimpleDataSource superuser;
    private DatabaseSettings settings;
    private ChildProcess process;
    private Optional<StreamingStandby> standby = Optional.empty();

    private DatabaseServer(
            DatabaseSettings settings, PostgresServer server, FaultyNetwork network, PGSimpleDataSource superuser) {
        this.settings = settings;
        this.server = server;
        this.network = network;
        this.superuser = superuser;
    }

    /** Makes and starts one, with its tables, in a prepared folder. */
    public static DatabaseServer start(String name, Path folder) {
        DatabaseSettings settings = new DatabaseSettings(
                name, Optional.empty(), FreePorts.one(), name, name, Optional.of("for the kill matrix"));
        Secrets secrets = new Secrets(folder.resolve("secrets.properties"));
        PostgresServer server = new PostgresServer(
                PostgresBinaries.in(folder),
                settings,
                folder.resolve(name),
                folder.resolve(name + ".log"),
                secrets,
                List.of("log_line_prefix = '%m [%p] %a '"));
        server.prepare();
        DatabaseServer started = new DatabaseServer(
                settings,
                server,
                new FaultyNetwork(FreePorts.one(), settings.port()),
                superuser(settings.port(), secrets.of(name + ".postgres")));
        started.bringBack();
        started.awaitBack();
        Schema.migrate(server.provision(), false);
        return started;
    }

    private static PGSimpleDataSource superuser(int port, String password) {
        PGSimpleDataSource superuser = new PGSimpleDataSource();
        superuser.setServerNames(new String[] {DatabaseSettings.LOOPBACK});
        superuser.setPortNumbers(new int[] {port});
        superuser.setDatabaseName("postgres");
        superuser.setUser("postgres");
        superuser.setPassword(password);
        return superuser;
    }

    String name() {
        return settings.name();
    }

    /** Whether the server as it was before a fail-over has committed anything without its standby. */
    boolean hasCommittedForItselfAlone() {
        try {
            return Files.readString(server.log()).contains("canceling wait for synchronous replication");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The way to it that no fault disturbs. */
    public DatabaseSettings settings() {
        return settings;
    }

    /** The network by which Payara reaches it. */
    public FaultyNetwork network() {
        return network;
    }

    /** What Payara's boot commands read: the way through the network. */
    public void putInto(Map<String, String> environment) {
        String prefix = "LOCKSTEP_" + name().toUpperCase(Locale.ROOT) + "_DB_";
        environment.put(prefix + "HOST", DatabaseSettings.LOOPBACK);
        environment.put(prefix + "PORT", Integer.toString(network.port()));
        environment.put(prefix + "NAME", settings.database());
        environment.put(prefix + "USER", settings.user());
        environment.put(prefix + "PASSWORD", settings.password().orElseThrow());
    }

    /** Gives it a standby, for which its commits wait from now on. */
    StreamingStandby replicate() {
        standby = Optional.of(StreamingStandby.of(superuser));
        return standby.get();
    }

    /** The statements of Payara's role may not take longer. */
    void limitStatements(Duration limit) {
        new PlainSql(superuser)
                .execute("ALTER ROLE " + settings.user() + " SET statement_timeout = " + limit.toMillis());
    }

    /** Promotes the standby, to which the network leads from then on. Whether it still runs itself does not matter to anybody. */
    void failOver() {
        StreamingStandby successor = standby.orElseThrow();
        successor.promote();
        settings = new DatabaseSettings(
                settings.name(),
                settings.host(),
                successor.port(),
                settings.database(),
                settings.user(),
                settings.password());
        network.leadTo(successor.port());
    }

    /** The network leads to what this server was before it failed over, which nobody has fenced, and then to its successor again. */
    void leadAstray(Duration time) {
        network.leadTo(superuser.getPortNumbers()[0]);
        Patience.pass(time);
        network.leadTo(settings.port());
    }

    /** An immediate shutdown: no checkpoint, every connection breaks. */
    public void stopImmediately() {
        process.end("QUIT");
    }

    /** SIGKILL for the server and all its processes. */
    public void kill() {
        process.kill();
    }

    /** Starts it, and returns at once. */
    public void bringBack() {
        process = ChildProcess.start(server.command(), server.log());
    }

    /** Brings it back if it is away. */
    public void revive() {
        if (!process.isAlive()) {
            bringBack();
        }
        awaitBack();
    }

    /** Waits until it accepts connections; one that ends since its killed predecessor is not quite gone is followed by another. */
    public void awaitBack() {
        Patience.require(START_LIMIT, server.name() + " accepts connections; its log: " + server.log(), () -> {
            if (!process.isAlive()) {
                bringBack();
            }
            return server.isReady();
        });
    }

    @Override
    public void close() throws IOException {
        network.close();
        standby.ifPresent(StreamingStandby::close);
        if (process.isAlive()) {
            process.end("INT");
        }
    }
}
