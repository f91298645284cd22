package dev.lockstep.tests;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
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

    @ConcurrentTest
    void keepsOrdersAcrossATermination_andLeavesNoProcess() throws Exception {
        UUID orderId = UUID.randomUUID();
        String order = OrderApi.orderJson(orderId, PAPER_FILTERS, 3, "before the restart");
        try (LauncherProcess first = LauncherProcess.start(settings).awaitReady()) {
            assertThat(first.api().post(order).statusCode()).isEqualTo(201);
            String shown = first.operatorPassword();
            assertThat(first.output()).containsOnlyOnce(shown);
            assertThat(logIn(first, shown)).isEqualTo(204);
            stopsCompletely(first, first.process()::destroy);
        }
        try (LauncherProcess second = LauncherProcess.start(settings).awaitReady()) {
            assertThat(second.output()).contains("(0 migrations applied)").doesNotContain("password");
            LauncherProcess renewal = LauncherProcess.start(settings, "operator");
            assertThat(renewal.awaitEnd()).as(renewal::output).isZero();
            assertThat(logIn(second, renewal.operatorPassword())).isEqualTo(204);
            OrderApi api = second.api();
            assertThat(api.get("api/orders/" + orderId).statusCode()).isEqualTo(200);
            assertThat(api.post(order).statusCode()).isEqualTo(200);
            assertThat(api.get("api/products").body()).contains("\"productNums\":999997");
            stopsCompletely(second, () -> signal("INT", second.process().pid()));
        }
    }

    @ConcurrentTest
    void takes2000OrdersFrom16Clients_toThePiece() throws Exception {
        PreparedFolder.putInto(data);
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

            Databases databases = LauncherProcess.databases(settings);
            assertThat(databases.ordersOf(PAPER_FILTERS)).isEqualTo(2000);
            assertThat(1_000_000 - databases.stockOf(PAPER_FILTERS)).isEqualTo(databases.orderedOf(PAPER_FILTERS));
            assertThat(databases.prepared()).isZero();
        }
    }

    @ConcurrentTest
    void restartsAChildThatDies() {
        PreparedFolder.putInto(data);
        try (LauncherProcess server = LauncherProcess.start(settings).awaitReady()) {
            OrderApi api = server.api();
            Map<String, String> victims = Map.of(
                    "Payara Micro", "payara-micro.jar",
                    "PostgreSQL (product)", "-D " + data.resolve("product"),
                    "PostgreSQL (orders)", "-D " + data.resolve("orders"));
            victims.forEach((name, commandLine) -> {
                ProcessHandle child = server.child(commandLine);
                child.destroyForcibly();
                LauncherProcess.await(STOP_LIMIT, name + " dies", () -> !child.isAlive());
                LauncherProcess.await(HEAL_LIMIT, "orders after " + name + " died", () -> takesAnOrder(api));
                assertThat(server.output()).contains(name + " ended with code 137; starting it again at once");
                LauncherProcess.await(
                        HEAL_LIMIT, name + " is back", () -> server.output().contains(name + " is back"));
            });
        }
    }

    /** Even SIGKILL leaves nothing running, and a start that follows at once needs no help. */
    @ConcurrentTest
    void killedLauncher_takesItsChildrenAlong_andTheNextStartWorksAtOnce() {
        PreparedFolder.putInto(data);
        List<ProcessHandle> children;
        try (LauncherProcess killed = LauncherProcess.start(settings).awaitReady()) {
            children = killed.children();
            assertThat(children).isNotEmpty();
            killed.process().destroyForcibly();
            LauncherProcess.await(
                    STOP_LIMIT, "the launcher's end", () -> !killed.process().isAlive());
        }
        try (LauncherProcess next = LauncherProcess.start(settings).awaitReady()) {
            assertThat(takesAnOrder(next.api())).isTrue();
            assertThat(children).noneMatch(ProcessHandle::isAlive);
        }
    }

    /** After a power cut another program may have the dead server's process id: it is not touched, and not in the way. */
    @ConcurrentTest
    void foreignProcessIdInTheDataFolder_isNoObstacle() throws Exception {
        PreparedFolder.putInto(data);
        try (LauncherProcess first = LauncherProcess.start(settings).awaitReady()) {
            stopsCompletely(first, first.process()::destroy);
        }
        Process bystander = new ProcessBuilder("sleep", "600").start();
        try {
            Files.writeString(
                    data.resolve("product/postmaster.pid"),
                    bystander.pid() + "\n" + data.resolve("product") + "\n1795220449\n5441\n\n127.0.0.1\n");
            settings.put("LOCKSTEP_DEMO_PRODUCTS", "false");
            try (LauncherProcess next = LauncherProcess.start(settings).awaitReady()) {
                assertThat(takesAnOrder(next.api())).isTrue();
                assertThat(bystander.isAlive()).isTrue();
            }
        } finally {
            bystander.destroyForcibly();
        }
    }

    /** A stop in the midst of the very first start, while the data folders are being made, is complete, too. */
    @ConcurrentTest
    void stopDuringTheFirstStart_leavesNothing() throws Exception {
        PreparedFolder.linkProgramsInto(data);
        LauncherProcess server = LauncherProcess.start(settings);
        LauncherProcess.await(
                HEAL_LIMIT, "initdb runs", () -> Files.exists(data.resolve("product.unfinished/PG_VERSION")));
        server.process().destroy();
        assertThat(server.process().waitFor(STOP_LIMIT.toSeconds(), TimeUnit.SECONDS))
                .isTrue();
        LauncherProcess.await(STOP_LIMIT, "the end of all", () -> ProcessHandle.allProcesses()
                .noneMatch(process -> process.info().commandLine().orElse("").contains(data.toString())));
        try (LauncherProcess next = LauncherProcess.start(settings).awaitReady()) {
            assertThat(takesAnOrder(next.api())).isTrue();
            assertThat(data.resolve("product.password")).doesNotExist();
        }
    }

    private static int logIn(LauncherProcess server, String password) {
        return new OperatorClient(server.api()).logIn("operator", password).statusCode();
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
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static boolean takesAnOrder(OrderApi api) {
        try {
            HttpResponse<String> answer = api.send(api.request("api/orders")
                    .header("Content-Type", "application/json")
                    .timeout(Duration.ofSeconds(15))
                    .POST(BodyPublishers.ofString(
                            OrderApi.orderJson(UUID.randomUUID(), PAPER_FILTERS, 1, "is it back?"))));
            // While it is away or starts, nobody may be told that something does not exist.
            assertThat(answer.statusCode()).as(answer::body).isNotEqualTo(404);
            return answer.statusCode() == 201;
        } catch (UncheckedIOException e) {
            return false; // not listening yet
        }
    }
}
