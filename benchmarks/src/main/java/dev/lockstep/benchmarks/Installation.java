package dev.lockstep.benchmarks;

import dev.lockstep.launcher.console.Steps;
import dev.lockstep.launcher.data.FileTree;
import dev.lockstep.launcher.data.Secrets;
import dev.lockstep.launcher.payara.PayaraMicro;
import dev.lockstep.launcher.postgres.PostgresBinaries;
import dev.lockstep.launcher.postgres.PostgresServer;
import dev.lockstep.launcher.postgres.Schema;
import dev.lockstep.launcher.process.Supervision;
import dev.lockstep.launcher.settings.DatabaseSettings;
import dev.lockstep.launcher.settings.Settings;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.function.UnaryOperator;

/** A whole server as the launcher starts it, with databases of its own; nothing about it is made for measurements. */
final class Installation implements AutoCloseable {

    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(50);

    private final Runnable stop;
    private final Path folder;
    private final URI url;
    private final Books books;

    /**
     * One that runs.
     *
     * @param stop stops it
     * @param folder with all its data
     * @param url where it takes orders
     * @param books what its databases say
     */
    Installation(Runnable stop, Path folder, URI url, Books books) {
        this.stop = stop;
        this.folder = folder;
        this.url = url;
        this.books = books;
    }

    /**
     * Starts one; returns when it takes orders.
     *
     * @param folder for all its data; what an earlier run left there is deleted
     * @param distribution gives what the server is made of, for this folder
     * @param steps where deaths and restarts are told
     */
    static Installation start(Path folder, UnaryOperator<Path> distribution, Steps steps) throws IOException {
        FileTree.delete(folder);
        Files.createDirectories(folder);
        Settings settings = settings(folder);
        Supervision running = new Supervision(steps);
        Runtime.getRuntime().addShutdownHook(new Thread(() -> running.stop(() -> {}), "stop"));
        Secrets secrets = new Secrets(folder.resolve("secrets.properties"));
        DatabaseSettings product = database(settings.product(), secrets, folder, running);
        DatabaseSettings orders = database(settings.orders(), secrets, folder, running);
        running.start(new PayaraMicro(
                distribution.apply(folder),
                folder.getParent(),
                settings.url(),
                settings.serverEnvironment(product, orders),
                folder.resolve("server-temp"),
                folder.resolve("payara.log")));
        return new Installation(
                () -> running.stop(() -> {}),
                folder,
                settings.url(),
                new Books(Schema.dataSource(product), Schema.dataSource(orders)));
    }

    /**
     * Starts one by its own launcher, as it may be of another version; returns when it takes orders.
     *
     * @param folder for all its data; what an earlier run left there is deleted
     * @param distribution the folder that its build made
     */
    static Installation startByItself(Path folder, Path distribution) throws IOException {
        FileTree.delete(folder);
        Files.createDirectories(folder);
        Map<String, String> environment = environment(folder.resolve("data"));
        Settings settings = Settings.from(environment);
        OwnLauncher launcher = OwnLauncher.start(distribution, environment, folder.resolve("launcher.log"));
        Secrets secrets = new Secrets(settings.dataDir().resolve("secrets.properties"));
        return new Installation(
                launcher::stop,
                folder,
                settings.url(),
                new Books(
                        Schema.dataSource(settings.product().completed(() -> secrets.of("product"))),
                        Schema.dataSource(settings.orders().completed(() -> secrets.of("orders")))));
    }

    /** The defaults, at ports that are free. */
    static Settings settings(Path folder) throws IOException {
        return Settings.from(environment(folder));
    }

    /** The variables that differ from the defaults. */
    static Map<String, String> environment(Path folder) throws IOException {
        return Map.of(
                "LOCKSTEP_HTTP_PORT", freePort(),
                "LOCKSTEP_PRODUCT_DB_PORT", freePort(),
                "LOCKSTEP_ORDERS_DB_PORT", freePort(),
                "LOCKSTEP_DEMO_PRODUCTS", "false",
                "LOCKSTEP_DATA_DIR", folder.toString());
    }

    /** Starts a database with its tables. */
    static DatabaseSettings database(DatabaseSettings settings, Secrets secrets, Path folder, Supervision running) {
        return database(settings, secrets, folder, running, List.of());
    }

    /** Starts a database with its tables, and further lines of postgresql.conf. */
    static DatabaseSettings database(
            DatabaseSettings settings, Secrets secrets, Path folder, Supervision running, List<String> configuration) {
        DatabaseSettings completed = settings.completed(() -> secrets.of(settings.name()));
        PostgresServer server = new PostgresServer(
                PostgresBinaries.in(folder.getParent()),
                completed,
                folder.resolve(settings.name()),
                folder.resolve(settings.name() + ".log"),
                secrets,
                configuration);
        server.prepare();
        running.start(server);
        Schema.migrate(server.provision(), false);
        return completed;
    }

    static String freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return Integer.toString(socket.getLocalPort());
        }
    }

    Path folder() {
        return folder;
    }

    URI url() {
        return url;
    }

    Books books() {
        return books;
    }

    /** Waits until tickets are given for products that have just come to the shop. */
    void awaitKnown(Shelf shelf) throws IOException, InterruptedException {
        HttpRequest queue = HttpRequest.newBuilder(url.resolve("/api/tickets?productId=" + shelf.last()))
                .build();
        HttpClient client = HttpClient.newHttpClient();
        while (client.send(queue, BodyHandlers.discarding()).statusCode() != 200) {
            LockSupport.parkNanos(BETWEEN_LOOKS.toNanos());
        }
    }

    @Override
    public void close() {
        stop.run();
    }
}
