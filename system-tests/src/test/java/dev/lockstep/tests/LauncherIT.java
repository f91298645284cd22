package dev.lockstep.tests;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.launcher.data.Secrets;
import dev.lockstep.launcher.postgres.Schema;
import dev.lockstep.launcher.settings.DatabaseSettings;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A whole server under the launcher: real processes, real signals. */
class LauncherIT {

    private static final Duration STOP_LIMIT = Duration.ofSeconds(10);
    private static final Duration HEAL_LIMIT = Duration.ofSeconds(90);
    private static final int PAPER_FILTERS = 12;

    @TempDir
    Path data;

    private Map<String, String> settings;

    @BeforeEach
    void choosePorts() {
        settings = LauncherProcess.settings(data);
    }

    @Test
    void keepsOrdersAcrossATermination_andLeavesNoProcess() throws Exception {
        UUID orderId = UUID.randomUUID();
        String order = OrderApi.orderJson(orderId, PAPER_FILTERS, 3, "before the restart");
        try (LauncherProcess first = LauncherProcess.start(settings).awaitReady()) {
            assertThat(first.api().post(order).statusCode()).isEqualTo(201);
            stopsCompletely(first, first.process()::destroy);
        }
        try (LauncherProcess second = LauncherProcess.start(settings).awaitReady()) {
            assertThat(second.output()).contains("(0 migrations applied)");
            OrderApi api = second.api();
            assertThat(api.get("api/orders/" + orderId).statusCode()).isEqualTo(200);
            assertThat(api.post(order).statusCode()).isEqualTo(200);
            assertThat(api.get("api/products").body()).contains("\"productNums\":999997");
            stopsCompletely(second, () -> signal("INT", second.process().pid()));
        }
    }

    @Test
    void takes2000OrdersFrom16Clients_toThePiece() throws Exception {
        try (LauncherProcess server = LauncherProcess.start(settings).awaitReady()) {
            OrderApi api = server.api();
            ExecutorService clients = Executors.newFixedThreadPool(16);
            List<Future<Integer>> answers = new ArrayList<>();
            for (int i = 0; i < 2000; i++) {
                int quantity = 1 + i % 3;
                answers.add(clients.submit(
                        () -> api.post(OrderApi.orderJson(UUID.randomUUID(), PAPER_FILTERS, quantity, "one of 2000"))
                                .statusCode()));
            }
            for (Future<Integer> answer : answers) {
                assertThat(answer.get()).isEqualTo(201);
            }
            clients.shutdown();

            Databases databases = databases();
            assertThat(databases.ordersOf(PAPER_FILTERS)).isEqualTo(2000);
            assertThat(1_000_000 - databases.stockOf(PAPER_FILTERS)).isEqualTo(databases.orderedOf(PAPER_FILTERS));
            assertThat(databases.prepared()).isZero();
        }
    }

    @Test
    void restartsAChildThatDies() {
        try (LauncherProcess server = LauncherProcess.start(settings).awaitReady()) {
            OrderApi api = server.api();
            for (String victim : List.of(
                    "payara-micro.jar",
                    data.resolve("product").toString(),
                    data.resolve("orders").toString())) {
                ProcessHandle child = server.child(victim);
                child.destroyForcibly();
                LauncherProcess.await(STOP_LIMIT, victim + " dies", () -> !child.isAlive());
                LauncherProcess.await(HEAL_LIMIT, "orders after " + victim + " died", () -> takesAnOrder(api));
                assertThat(server.output()).contains("starting it again in 500 ms");
            }
        }
    }

    /** Even SIGKILL leaves nothing running, and the next start needs no help. */
    @Test
    void childrenDieWithAKilledLauncher() {
        List<ProcessHandle> children;
        try (LauncherProcess killed = LauncherProcess.start(settings).awaitReady()) {
            children = killed.children();
            assertThat(children).isNotEmpty();
            killed.process().destroyForcibly();
            LauncherProcess.await(
                    STOP_LIMIT, "the children's end", () -> children.stream().noneMatch(ProcessHandle::isAlive));
        }
        try (LauncherProcess next = LauncherProcess.start(settings).awaitReady()) {
            assertThat(takesAnOrder(next.api())).isTrue();
        }
    }

    private static void stopsCompletely(LauncherProcess server, Runnable stop) throws InterruptedException {
        List<ProcessHandle> children = server.children();
        assertThat(children).hasSizeGreaterThanOrEqualTo(3);
        stop.run();
        assertThat(server.process().waitFor(STOP_LIMIT.toSeconds(), TimeUnit.SECONDS))
                .isTrue();
        assertThat(children).noneMatch(ProcessHandle::isAlive);
    }

    private static void signal(String name, long pid) {
        try {
            assertThat(new ProcessBuilder("kill", "-" + name, Long.toString(pid))
                            .start()
                            .waitFor())
                    .isZero();
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static boolean takesAnOrder(OrderApi api) {
        try {
            HttpResponse<String> answer = api.send(api.request("api/orders")
                    .header("Content-Type", "application/json")
                    .timeout(Duration.ofSeconds(15))
                    .POST(java.net.http.HttpRequest.BodyPublishers.ofString(
                            OrderApi.orderJson(UUID.randomUUID(), PAPER_FILTERS, 1, "is it back?"))));
            // While it is away or starts, nobody may be told that something does not exist.
            assertThat(answer.statusCode()).as(answer::body).isNotEqualTo(404);
            return answer.statusCode() == 201;
        } catch (java.io.UncheckedIOException e) {
            return false; // not listening yet
        }
    }

    private Databases databases() {
        Secrets secrets = new Secrets(data.resolve("secrets.properties"));
        return new Databases(
                Schema.dataSource(embedded("product", "LOCKSTEP_PRODUCT_DB_PORT", secrets)),
                Schema.dataSource(embedded("orders", "LOCKSTEP_ORDERS_DB_PORT", secrets)));
    }

    private DatabaseSettings embedded(String name, String portVariable, Secrets secrets) {
        return new DatabaseSettings(
                name,
                Optional.empty(),
                Integer.parseInt(settings.get(portVariable)),
                name,
                name,
                Optional.of(secrets.of(name)));
    }
}
