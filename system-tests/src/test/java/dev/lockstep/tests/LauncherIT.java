package dev.lockstep.tests;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/** A whole server under the launcher: real processes, real signals. The methods' order takes the fewest starts; none needs it. */
@TestMethodOrder(MethodOrderer.MethodName.class)
class LauncherIT {

    private static final Duration STOP_LIMIT = Duration.ofSeconds(10);
    private static final Duration HEAL_LIMIT = Duration.ofSeconds(90);
    private static final int PAPER_FILTERS = 12;

    /** Of the server that was not told to send traces. */
    private static TraceCollector collector;

    private static TraceCollector traces;
    private static StoppableServer server;

    /** Told where traces could be sent to, but not to send any. */
    @BeforeAll
    static void chooseSettings(@TempDir Path data) {
        collector = TraceCollector.start();
        traces = TraceCollector.start();
        server = new StoppableServer(
                data,
                Map.of(
                        "OTEL_EXPORTER_OTLP_ENDPOINT", collector.endpoint(),
                        "OTEL_EXPORTER_OTLP_PROTOCOL", "http/protobuf",
                        "OTEL_BSP_SCHEDULE_DELAY", "100"));
    }

    @AfterAll
    static void stop() {
        server.close();
        collector.close();
        traces.close();
    }

    /**
     * From nothing at all. Besides, something is in the way of the archive of Payara's classes: that is told, and no more. And it was told to send
     * traces. Then it is killed: even SIGKILL leaves nothing running, and a start that follows at once needs no help.
     */
    @ConcurrentTest
    void keepsOrdersAcrossAKill_andLeavesNoProcess(@TempDir Path data) throws Exception {
        Map<String, String> settings = LauncherProcess.settings(data);
        settings.put("LOCKSTEP_TRACES", traces.endpoint());
        settings.put("OTEL_BSP_SCHEDULE_DELAY", "100");
        // Where Payara could not deploy.
        String options = System.getenv().getOrDefault("JAVA_TOOL_OPTIONS", "");
        settings.put("JAVA_TOOL_OPTIONS", options + " -Duser.language=tr -Duser.country=TR");
        UUID orderId = UUID.randomUUID();
        OperatorClient operator;
        List<ProcessHandle> killed;
        String order = OrderApi.orderJson(orderId, PAPER_FILTERS, 3, "before the restart");
        try (LauncherProcess first = LauncherProcess.start(settings)) {
            Path payara = data.resolve(PreparedFolder.PAYARA);
            LauncherProcess.await(HEAL_LIMIT, "Payara is unpacked", () -> Files.isDirectory(payara));
            Files.createDirectory(payara.resolve("class-archive.lock"));
            first.awaitReady();
            LauncherProcess.await(STOP_LIMIT, "the missing archive is told", () -> first.output()
                    .contains("Warning: Payara Micro will not start faster than this time. "
                            + "The archive of classes was not made: "));
            assertThat(first.api().post(order).statusCode()).isEqualTo(201);
            LauncherProcess.await(
                    STOP_LIMIT,
                    "the order's spans",
                    () -> traces.spansOf(orderId).size() >= 7);
            TelemetryIT.assertPhasesUnder("POST /api/orders", traces.spansOf(orderId));
            String shown = first.operatorPassword();
            assertThat(first.output()).containsOnlyOnce(shown);
            operator = new OperatorClient(first.api());
            operator.enter(shown);
            tellsStrangersNoNames(first, operator, orderId);
            killed = first.children();
            assertThat(killed).hasSizeGreaterThanOrEqualTo(3);
            first.process().destroyForcibly();
            LauncherProcess.await(
                    STOP_LIMIT, "the launcher's end", () -> !first.process().isAlive());
        }
        try (LauncherProcess second = LauncherProcess.start(settings).awaitReady()) {
            assertThat(killed).noneMatch(ProcessHandle::isAlive);
            // It began with more, on any machine of 8 GB or more.
            LauncherProcess.await(
                    STOP_LIMIT,
                    "less than 100 MB for the launcher's objects",
                    () -> heapKilobytes(second.process().pid()) < 100_000);
            assertThat(second.output()).contains("(0 migrations applied)").doesNotContain("password");
            assertThat(operator.session().isNull("operator")).isFalse();
            LauncherProcess renewal = LauncherProcess.start(settings, "operator");
            assertThat(renewal.awaitEnd()).as(renewal::output).isZero();
            OperatorClient earlier = operator;
            LauncherProcess.await(STOP_LIMIT, "the old password's session ends", () -> earlier.session()
                    .isNull("operator"));
            assertThat(logIn(second, renewal.operatorPassword())).isEqualTo(204);
            OrderApi api = second.api();
            assertThat(api.get("api/orders/" + orderId).statusCode()).isEqualTo(200);
            assertThat(api.post(order).statusCode()).isEqualTo(200);
            assertThat(api.get("api/products").body()).contains("\"productNums\":999997");
            assertThat(commandOfThePage(settings)).endsWith("1 row changed\n");
            assertThat(api.get("api/products").body()).contains("\"productNums\":99,\"productInitial\":100");
            stopsCompletely(second, () -> whoWaitsHears(second, LauncherProcess.databases(settings)));
        }
    }

    @Tag("slow")
    @Test
    void restartsAChildThatDies() {
        LauncherProcess launcher = server.running();
        OrderApi api = launcher.api();
        Map<String, String> victims = Map.of(
                "Payara Micro", "payara-micro.jar",
                "PostgreSQL (product)", "-D " + server.data().resolve("product"),
                "PostgreSQL (orders)", "-D " + server.data().resolve("orders"));
        victims.forEach((name, commandLine) -> {
            ProcessHandle child = launcher.child(commandLine);
            child.destroyForcibly();
            LauncherProcess.await(STOP_LIMIT, name + " dies", () -> !child.isAlive());
            LauncherProcess.await(HEAL_LIMIT, "orders after " + name + " died", () -> takesAnOrder(api));
            // A dead PostgreSQL's connections may have taken that one.
            LauncherProcess.await(HEAL_LIMIT, name + " is started again", () -> launcher.output()
                    .contains(name + " ended with code 137; starting it again at once"));
            LauncherProcess.await(
                    HEAL_LIMIT, name + " is back", () -> launcher.output().contains(name + " is back"));
            LauncherProcess.await(HEAL_LIMIT, "orders again", () -> takesAnOrder(api));
        });
    }

    private static long heapKilobytes(long pid) {
        try {
            Path jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd");
            Process asked = new ProcessBuilder(jcmd.toString(), Long.toString(pid), "GC.heap_info").start();
            String answer = new String(asked.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            Matcher total = Pattern.compile("total (\\d+)K").matcher(answer);
            assertThat(total.find()).as(answer).isTrue();
            return Long.parseLong(total.group(1));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** After a power cut another program may have the dead server's process id: it is not touched, and not in the way. */
    @Tag("slow")
    @Test
    void foreignProcessIdInTheDataFolder_isNoObstacle() throws Exception {
        server.stopped();
        Process bystander = new ProcessBuilder("sleep", "600").start();
        try {
            Path product = server.data().resolve("product");
            Files.writeString(
                    product.resolve("postmaster.pid"),
                    bystander.pid() + "\n" + product + "\n1795220449\n5441\n\n127.0.0.1\n");
            LauncherProcess next = server.runningWith("LOCKSTEP_DEMO_PRODUCTS", "false");
            assertThat(takesAnOrder(next.api())).isTrue();
            assertThat(bystander.isAlive()).isTrue();
        } finally {
            bystander.destroyForcibly();
        }
    }

    /** The exporter is told where to, so it is the setting alone that is off. */
    @Tag("slow")
    @Test
    void withoutTheSettings_nothingIsTraced_andTextTellsTheOrder() throws Exception {
        OrderApi api = server.running().api();
        assertThat(takesAnOrder(api)).isTrue();
        UUID refused = UUID.randomUUID();
        PreparedSlots.withNoneLeft(server.databases().orders(), () -> assertThat(
                        api.post(OrderApi.orderJson(refused, 1, 1, "refused")).statusCode())
                .isEqualTo(503));
        Pattern told = Pattern.compile("OrderDesk.* \\[order=" + refused
                + " tx=4871251_\\S+ participant=orders phase=PREPARE] \\[\\[\n  Order " + refused + " was not placed");
        LauncherProcess.await(STOP_LIMIT, "the log tells of " + refused, () -> told.matcher(
                        text(server.data().resolve("logs/payara.log")))
                .find());
        // Which sends what is still to be sent.
        stopsCompletely(
                server.running(), () -> signal("INT", server.running().process().pid()));
        assertThat(collector.spans()).isEmpty();
    }

    /** A stop in the midst of the very first start, while the data folders are being made, is complete, too. */
    @Tag("slow")
    @ConcurrentTest
    void stopDuringTheFirstStart_leavesNothing(@TempDir Path data) throws Exception {
        PreparedFolder.linkProgramsInto(data);
        Map<String, String> settings = LauncherProcess.settings(data);
        LauncherProcess interrupted = LauncherProcess.start(settings);
        LauncherProcess.await(
                HEAL_LIMIT, "initdb runs", () -> Files.exists(data.resolve("product.unfinished/PG_VERSION")));
        interrupted.process().destroy();
        assertThat(interrupted.process().waitFor(STOP_LIMIT.toSeconds(), TimeUnit.SECONDS))
                .isTrue();
        LauncherProcess.await(STOP_LIMIT, "the end of all", () -> ProcessHandle.allProcesses()
                .noneMatch(process -> process.info().commandLine().orElse("").contains(data.toString())));
        try (LauncherProcess next = LauncherProcess.start(settings).awaitReady()) {
            assertThat(takesAnOrder(next.api())).isTrue();
            assertThat(data.resolve("product.password")).doesNotExist();
        }
    }

    /** By default; other tests run with the setting that shows them. */
    private static void tellsStrangersNoNames(LauncherProcess server, OperatorClient operator, UUID orderId)
            throws IOException {
        String name = "before the restart";
        String inTransactions = "api/transactions?text=" + orderId;
        for (String list : List.of("api/orders", inTransactions)) {
            assertThat(server.api().get(list).body())
                    .contains(orderId.toString(), "\"orderName\":\"•••\"")
                    .doesNotContain(name);
            assertThat(operator.get(list).body()).contains(name);
        }
        assertThat(server.api().get("api/transactions?text=restart").body()).doesNotContain(orderId.toString());
        assertThat(server.api().get("api/transactions?order=" + orderId).body()).contains(name);
        assertThat(server.api().get("api/orders/" + orderId).body()).contains(name);
        try (LiveEvents events = LiveEvents.listen(server.address())) {
            events.await(STOP_LIMIT, "the order", shop -> shop.containsKey("orders"));
            assertThat(events.shop().getJsonArray("orders").toString())
                    .contains("•••")
                    .doesNotContain(name);
        }
    }

    /** "Break it" needs no psql. */
    private static String commandOfThePage(Map<String, String> settings) throws Exception {
        Matcher command = Pattern.compile("lockstep\\.jar sql product \"(.*?)\"")
                .matcher(Files.readString(Path.of("../docs/break-it.md")));
        assertThat(command.find()).isTrue();
        LauncherProcess sql = LauncherProcess.start(settings, "sql", "product", command.group(1));
        assertThat(sql.awaitEnd()).as(sql::output).isZero();
        return sql.output();
    }

    private static int logIn(LauncherProcess server, String password) {
        return new OperatorClient(server.api()).logIn("operator", password).statusCode();
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
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

    /** Scenario: it is stopped while orders wait for those that have the lanes. Expected: each of them hears so. */
    private static void whoWaitsHears(LauncherProcess server, Databases databases) {
        try (HeldLanes lanes = new HeldLanes(server.api(), databases)) {
            List<CompletableFuture<HttpResponse<String>>> waiting = lanes.orders(3, PAPER_FILTERS);
            server.process().destroy();
            assertThat(waiting).allSatisfy(order -> assertThat(order)
                    .succeedsWithin(STOP_LIMIT)
                    .satisfies(answer -> assertThat(answer.statusCode()).isEqualTo(503))
                    .satisfies(answer -> assertThat(answer.body()).contains(":busy", "closing")));
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
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
            // While it is away or starts, the shop tells nobody that something does not exist.
            assertThat(answer.body()).doesNotContain(":problem:unknown-product");
            return answer.statusCode() == 201;
        } catch (UncheckedIOException e) {
            return false; // not listening yet
        }
    }
}
