package dev.lockstep.tests;

import dev.lockstep.launcher.data.Secrets;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.net.HttpCookie;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import javax.sql.DataSource;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * The shop as its users start it: the launcher on a new data folder, with demo products. It serves many test classes, one after the other;
 * {@link AtTheShop} gives it to them.
 */
public final class RunningShop implements Site, AutoCloseable {

    private static final Duration HEAL_LIMIT = Duration.ofSeconds(60);

    private final Path data;
    private final Map<String, String> settings;
    private final LauncherProcess launcher;
    private OrderApi api;
    private OperatorClient operator;

    private RunningShop(Path data, Map<String, String> more) {
        PreparedFolder.putInto(data);
        this.data = data;
        this.settings = LauncherProcess.settings(data);
        settings.putAll(more);
        this.launcher = LauncherProcess.start(settings);
    }

    /** Begins to start one, with these settings besides those each needs; returns at once. */
    static RunningShop start(Map<String, String> more) {
        try {
            return new RunningShop(Files.createTempDirectory(TestFolders.target(), "shop-"), more);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Waits until it takes orders, if it does not yet. */
    public synchronized RunningShop awaitReady() {
        if (api == null) {
            launcher.awaitReady();
            api = launcher.api();
        }
        return this;
    }

    @Override
    public String address() {
        return "http://127.0.0.1:" + settings.get("LOCKSTEP_HTTP_PORT");
    }

    /** Where it listens. */
    URI url() {
        return launcher.address();
    }

    /** What the launcher told at the first start. */
    public String operatorPassword() {
        return launcher.operatorPassword();
    }

    public OrderApi api() {
        return api;
    }

    /** An operator, logged in. All share one session while it lasts: to hash a password is slow on purpose. */
    OperatorClient operator() {
        if (operator == null || operator.session().isNull("operator")) {
            operator = new OperatorClient(api);
            operator.enter(operatorPassword());
        }
        return operator.inAnotherWindow();
    }

    @Override
    public HttpCookie operatorCookie() {
        return operator().sessionCookie();
    }

    public Databases databases() {
        return LauncherProcess.databases(settings);
    }

    /** A database, as its administrator enters it. */
    DataSource superuser(String name) {
        return as("postgres", name, name + ".postgres");
    }

    /** A database, as the owner of its tables enters it. */
    DataSource owner(String name) {
        return as(name + "_owner", name, name + ".owner");
    }

    private DataSource as(String role, String name, String secret) {
        DataSource database =
                name.equals("product") ? databases().product() : databases().orders();
        PGSimpleDataSource all = new PGSimpleDataSource();
        all.setURL(((PGSimpleDataSource) database).getURL());
        all.setUser(role);
        all.setPassword(new Secrets(data.resolve("secrets.properties")).of(secret));
        return all;
    }

    /** The launcher that runs it, and its process. */
    LauncherProcess launcher() {
        return launcher;
    }

    /** With these a command reaches its databases. */
    Map<String, String> settings() {
        return settings;
    }

    /** Where all its data are. */
    Path data() {
        return data;
    }

    /** The pieces in stock, as the product database has them. */
    public int stockOf(DemoProduct product) throws SQLException {
        return databases().stockOf(product.id());
    }

    /** How many orders of a product the orders database has. */
    public int ordersOf(DemoProduct product) throws SQLException {
        return databases().ordersOf(product.id());
    }

    /** The names of the newest orders, more than a page shows. */
    public List<String> orderNames() {
        try (JsonReader reader = Json.createReader(
                new StringReader(api.get("api/orders?limit=50").body()))) {
            return reader.readArray().getValuesAs(JsonObject.class).stream()
                    .map(order -> order.getString("orderName"))
                    .toList();
        }
    }

    /** Kills the server of a database, which stays away until the outage ends. */
    public Outage loseDatabase(String name) {
        Outage outage = new Outage(launcher.process().toHandle(), databaseServer(name), this::awaitHealed);
        int port = Integer.parseInt(settings.get("LOCKSTEP_" + name.toUpperCase(Locale.ROOT) + "_DB_PORT"));
        LauncherProcess.await(HEAL_LIMIT, "end of the " + name + " database", () -> !isListening(port));
        return outage;
    }

    private static boolean isListening(int port) {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return socket.isConnected();
        } catch (IOException e) {
            return false;
        }
    }

    /** Waits until both databases answer again. */
    private void awaitHealed() {
        LauncherProcess.await(
                HEAL_LIMIT,
                "health",
                () -> api.send(api.request("health/ready")).statusCode() == 200);
    }

    /** The server of a database. */
    ProcessHandle databaseServer(String name) {
        try {
            List<String> lines = Files.readAllLines(data.resolve(name).resolve("postmaster.pid"));
            return ProcessHandle.of(Long.parseLong(lines.get(0).strip())).orElseThrow();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Takes away what tests have made, but for what they did with the demo products: the next class finds the shop's books even again, and
     * no queue but its own.
     */
    void tidyUp() {
        Healed.await(databases());
        for (String table : List.of("ticket", "ticket_queue", "customer_order")) {
            deleteOf(databases().orders(), table);
        }
        for (String table : List.of("order_archive", "ticket_archive", "archive_sum")) {
            deleteOf(owner("orders"), table);
        }
        for (String table : List.of("ticket_taking", "ticket_stock", "product")) {
            deleteOf(databases().product(), table);
        }
    }

    private static void deleteOf(DataSource database, String table) {
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(
                    "DELETE FROM " + table + " WHERE product_id NOT BETWEEN 1 AND " + DemoProduct.values().length);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        launcher.close();
    }
}
