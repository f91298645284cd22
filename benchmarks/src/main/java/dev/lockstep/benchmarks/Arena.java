package dev.lockstep.benchmarks;

import dev.lockstep.launcher.console.Steps;
import dev.lockstep.launcher.data.FileTree;
import dev.lockstep.launcher.data.Secrets;
import dev.lockstep.launcher.postgres.PostgresServer;
import dev.lockstep.launcher.postgres.Schema;
import dev.lockstep.launcher.process.Supervised;
import dev.lockstep.launcher.process.Supervision;
import dev.lockstep.launcher.settings.DatabaseSettings;
import dev.lockstep.launcher.settings.Settings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.postgresql.xa.PGXADataSource;

/** Two databases that all candidates work with, and where their servers run. */
final class Arena implements AutoCloseable {

    /** Each server's pool, the bare loops', and room for their recovery. */
    private static final List<String> ROOM_FOR_ALL =
            List.of("max_connections = 400", "max_prepared_transactions = 400");

    private final Path folder;
    private final Builds builds;
    private final Supervision running;
    private final Map<String, String> variables;
    private final DatabaseSettings product;
    private final DatabaseSettings orders;
    private final Books books;
    private final List<Loop> loops = new ArrayList<>();

    /** Starts the databases; what an earlier run left in the folder is deleted. */
    Arena(Path folder, Builds builds, Steps steps) throws IOException {
        this.folder = folder;
        this.builds = builds;
        FileTree.delete(folder);
        Files.createDirectories(folder);
        variables = Installation.environment(folder);
        running = new Supervision(steps);
        Runtime.getRuntime().addShutdownHook(new Thread(() -> running.stop(() -> {}), "stop"));
        Settings settings = Settings.from(variables);
        Secrets secrets = new Secrets(folder.resolve("secrets.properties"));
        product = Installation.database(settings.product(), secrets, folder, running, ROOM_FOR_ALL);
        orders = Installation.database(settings.orders(), secrets, folder, running, ROOM_FOR_ALL);
        books = new Books(
                Schema.dataSource(PostgresServer.owner(product, secrets)),
                Schema.dataSource(PostgresServer.owner(orders, secrets)));
    }

    Builds builds() {
        return builds;
    }

    Books books() {
        return books;
    }

    PGXADataSource product() {
        return xa(product);
    }

    PGXADataSource orders() {
        return xa(orders);
    }

    private static PGXADataSource xa(DatabaseSettings database) {
        PGXADataSource xa = new PGXADataSource();
        xa.setServerNames(new String[] {DatabaseSettings.LOOPBACK});
        xa.setPortNumbers(new int[] {database.port()});
        xa.setDatabaseName(database.database());
        xa.setUser(database.user());
        xa.setPassword(database.password().orElseThrow());
        return xa;
    }

    /** {@return a new folder for all that belongs to a candidate} */
    Path folder(String name) throws IOException {
        return Files.createDirectories(folder.resolve(name).toAbsolutePath());
    }

    /** {@return where the servers are unpacked that Lockstep's launcher unpacks} */
    Path home() {
        return folder.getParent();
    }

    /** {@return where the build has unpacked the other servers} */
    Path rivals() {
        return Path.of(System.getProperty("lockstep.rivals"));
    }

    /** {@return the settings of a server that has this name and a port of its own} */
    Settings settings(String name) throws IOException {
        Map<String, String> own = new HashMap<>(variables);
        own.put("LOCKSTEP_HTTP_PORT", Installation.freePort());
        own.put("LOCKSTEP_SERVER_NAME", name);
        return Settings.from(own);
    }

    /** {@return the environment of that server's process: where it listens, and how it reaches the databases} */
    Map<String, String> environment(Settings settings) {
        Map<String, String> environment = settings.serverEnvironment(product, orders);
        environment.put("LOCKSTEP_HTTP_PORT", Integer.toString(settings.httpPort()));
        return environment;
    }

    /** Starts a server, and orders once. */
    Entrant start(String name, Supervised server, Settings settings) throws Exception {
        return start(running, name, server, settings);
    }

    /** Does the same; the server ends with what it is supervised by. */
    Entrant start(Supervision supervision, String name, Supervised server, Settings settings) throws Exception {
        Set<ProcessHandle> before = servers();
        long began = System.nanoTime();
        supervision.start(server);
        Candidate candidate =
                new Candidate(name, new Installation(() -> {}, folder, settings.url(), books), World.ORDERS);
        requireOrder(candidate);
        Duration toFirstOrder = Duration.ofNanos(System.nanoTime() - began);
        Set<ProcessHandle> started = new HashSet<>(servers());
        started.removeAll(before);
        return new Entrant(candidate, toFirstOrder, List.copyOf(started));
    }

    private void requireOrder(Candidate candidate) throws Exception {
        try (Ordering ordering = candidate.entrance().open()) {
            Ordering.Reply reply = ordering.order(books.shelf(1).first(), 1);
            if (reply.placed().isEmpty()) {
                throw new IllegalStateException(candidate.name() + " refused its first order: " + reply.refusal());
            }
        }
    }

    private static Set<ProcessHandle> servers() {
        return ProcessHandle.current()
                .descendants()
                .filter(ProcessorTime::isServer)
                .collect(Collectors.toSet());
    }

    /** {@return a candidate without a server} */
    Entrant loop(String name, Loop loop) {
        loops.add(loop);
        Installation databases = new Installation(() -> {}, folder, null, books);
        return new Entrant(new Candidate(name, databases, World.ORDERS, List.of(), loop), Duration.ZERO, List.of());
    }

    @Override
    public void close() throws SQLException {
        for (Loop loop : loops) {
            loop.close();
        }
        running.stop(() -> {});
    }
}
