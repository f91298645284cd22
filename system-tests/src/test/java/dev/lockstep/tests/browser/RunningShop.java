package dev.lockstep.tests.browser;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.tests.Databases;
import dev.lockstep.tests.LauncherProcess;
import dev.lockstep.tests.OrderApi;
import dev.lockstep.tests.Outage;
import dev.lockstep.tests.PreparedFolder;
import dev.lockstep.tests.TestFolders;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The shop as its users start it: the launcher on a new data folder, with demo products. */
final class RunningShop implements AutoCloseable {

    private static final Duration HEAL_LIMIT = Duration.ofSeconds(60);

    private final Path data;
    private final Map<String, String> settings;
    private final LauncherProcess launcher;
    private OrderApi api;

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
            return new RunningShop(Files.createTempDirectory(TestFolders.target(), "browser-"), more);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    RunningShop awaitReady() {
        launcher.awaitReady();
        api = launcher.api();
        return this;
    }

    /** Where its pages are, without a slash at the end. */
    String address() {
        return "http://127.0.0.1:" + settings.get("LOCKSTEP_HTTP_PORT");
    }

    /** What the launcher told at the first start. */
    String operatorPassword() {
        Matcher told = Pattern.compile("as operator with the password (\\S+)").matcher(launcher.output());
        assertThat(told.find()).as(launcher::output).isTrue();
        return told.group(1);
    }

    OrderApi api() {
        return api;
    }

    Databases databases() {
        return LauncherProcess.databases(settings);
    }

    /** The pieces in stock, as the product database has them. */
    int stockOf(DemoProduct product) throws SQLException {
        return databases().stockOf(product.id());
    }

    /** How many orders of a product the orders database has. */
    int ordersOf(DemoProduct product) throws SQLException {
        return databases().ordersOf(product.id());
    }

    /** The names of the newest orders, more than a page shows. */
    List<String> orderNames() {
        try (JsonReader reader = Json.createReader(
                new StringReader(api.get("api/orders?limit=50").body()))) {
            return reader.readArray().getValuesAs(JsonObject.class).stream()
                    .map(order -> order.getString("orderName"))
                    .toList();
        }
    }

    /** Kills the server of a database, which stays away until the outage ends. */
    Outage loseDatabase(String name) {
        Outage outage = new Outage(
                launcher.process().toHandle(),
                ProcessHandle.of(postmaster(name)).orElseThrow(),
                this::awaitHealed);
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

    private long postmaster(String name) {
        try {
            return Long.parseLong(Files.readAllLines(data.resolve(name).resolve("postmaster.pid"))
                    .get(0)
                    .trim());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        launcher.close();
    }
}
