package dev.lockstep.tests;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.participant.branch.BranchId;
import dev.lockstep.participant.branch.GlobalId;
import dev.lockstep.participant.branch.ParticipantId;
import dev.lockstep.participant.branch.Role;
import io.opentelemetry.proto.trace.v1.Span;
import io.opentelemetry.proto.trace.v1.Status.StatusCode;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Spans and log lines of a server that was told to send traces and to log JSON, as a collector gets them. In each build, LauncherIT shows the spans. */
@Tag("slow")
class TelemetryIT {

    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final String TRACE = "0af7651916cd43dd8448eb211c80319c";
    private static final String CLIENT_SPAN = "b7ad6b7169203331";
    private static final String TRACEPARENT = "00-" + TRACE + "-" + CLIENT_SPAN + "-01";

    @TempDir
    static Path data;

    private static TraceCollector collector;
    private static LauncherProcess server;
    private static OrderApi api;
    private static DataSource product;
    private static DataSource orders;

    private UUID orderId;
    private int productId;

    @BeforeAll
    static void start() {
        collector = TraceCollector.start();
        PreparedFolder.putInto(data);
        Map<String, String> settings = LauncherProcess.settings(data);
        settings.put("LOCKSTEP_TRACES", collector.endpoint());
        settings.put("LOCKSTEP_LOG_FORMAT", "json");
        settings.put("OTEL_BSP_SCHEDULE_DELAY", "100");
        settings.put("LOCKSTEP_TRANSACTION_TIMEOUT", "6"); // less than a row can be held
        server = LauncherProcess.start(settings).awaitReady();
        api = server.api();
        product = LauncherProcess.databases(settings).product();
        orders = LauncherProcess.databases(settings).orders();
    }

    @AfterAll
    static void stop() {
        server.close();
        collector.close();
    }

    @BeforeEach
    void stockTenPieces() throws Exception {
        orderId = UUID.randomUUID();
        productId = new Databases(product, orders).productOf(10);
    }

    @Test
    void order_hasASpanForEachPhaseOfEachBranch_inTheClientsTrace() {
        int status = api.send(api.request("api/orders")
                        .header("Content-Type", "application/json")
                        .header("traceparent", TRACEPARENT)
                        .POST(BodyPublishers.ofString(OrderApi.orderJson(orderId, productId, 1, "traced"))))
                .statusCode();
        assertThat(status).isEqualTo(201);

        List<Span> spans = spansOfOrder();
        assertPhasesUnder("POST /api/orders", spans);
        assertThat(spans).allSatisfy(span -> {
            assertThat(TraceCollector.hex(span.getTraceId())).isEqualTo(TRACE);
            assertThat(span.getStatus().getCode()).isEqualTo(StatusCode.STATUS_CODE_UNSET);
        });
        Span request = named(spans, "POST /api/orders");
        assertThat(request.getKind()).isEqualTo(Span.SpanKind.SPAN_KIND_SERVER);
        assertThat(TraceCollector.hex(request.getParentSpanId())).isEqualTo(CLIENT_SPAN);
        assertThat(TraceCollector.attribute(request, "http.response.status_code"))
                .isEqualTo("201");
        List<Span> steps = spans.stream().filter(span -> !span.equals(request)).toList();
        assertThat(steps).allSatisfy(span -> {
            assertThat(span.getParentSpanId()).isEqualTo(request.getSpanId());
            assertThat(span.getStartTimeUnixNano()).isGreaterThanOrEqualTo(request.getStartTimeUnixNano());
            assertThat(span.getEndTimeUnixNano()).isLessThanOrEqualTo(request.getEndTimeUnixNano());
            assertThat(TraceCollector.attribute(span, "db.system")).isEqualTo("postgresql");
            assertThat(span.getName()).endsWith(" " + TraceCollector.attribute(span, "lockstep.participant"));
        });
        assertThat(steps)
                .extracting(span -> TraceCollector.attribute(span, "lockstep.transaction"))
                .allMatch(id -> id.startsWith("4871251_"))
                .containsOnly(TraceCollector.attribute(steps.get(0), "lockstep.transaction"));
        assertStep(named(spans, "prepare product"), "C0", "PREPARED");
        assertStep(named(spans, "prepare orders"), "F1", "PREPARED");
        assertStep(named(spans, "decision product"), "C0", "COMMIT");
        assertStep(named(spans, "commit orders"), "F1", "COMMIT");
        assertThat(named(spans, "decision product").getEndTimeUnixNano())
                .isLessThanOrEqualTo(named(spans, "commit orders").getStartTimeUnixNano());
    }

    @Test
    void outOfStock_isRolledBack() {
        assertThat(post(11)).isEqualTo(409);

        List<Span> spans = spansOfOrder();
        assertThat(spans).extracting(Span::getName).contains("work product", "rollback product");
        assertThat(spans).extracting(Span::getName).noneMatch(name -> name.startsWith("prepare"));
        assertStep(named(spans, "rollback product"), "C0", "DONE");
    }

    /**
     * Scenario: the orders database has no room for one more prepared transaction.
     * Expected outcome: 503, nothing is changed. Expected spans: the vote no is an error, the prepared product branch is rolled back.
     * Expected lines: each tells the order, and those about the vote where and when it fell.
     */
    @Test
    void voteNo_isAnErrorInSpans_andInLogLinesThatTellWhereItFell() throws Exception {
        PreparedSlots.withNoneLeft(orders, () -> assertThat(post(1)).isEqualTo(503));

        List<Span> spans = spansOfOrder();
        Span vote = named(spans, "prepare orders");
        assertThat(vote.getStatus().getCode()).isEqualTo(StatusCode.STATUS_CODE_ERROR);
        assertThat(vote.getStatus().getMessage()).contains("maximum number of prepared transactions reached");
        assertStep(named(spans, "rollback product"), "C0", "DONE");
        assertThat(named(spans, "POST /api/orders").getStatus().getCode()).isEqualTo(StatusCode.STATUS_CODE_ERROR);

        String refusal = "Order " + orderId + " was not placed by this request";
        List<JsonObject> lines = linesUntil("orderId", orderId.toString(), refusal);
        JsonObject line = lines.stream()
                .filter(said -> said.getString("LogMessage").equals(refusal))
                .findFirst()
                .orElseThrow();
        assertThat(line.getString("Level")).isEqualTo("WARNING");
        assertThat(line.getString("LoggerName")).isEqualTo("dev.lockstep.shop.order.OrderDesk");
        assertThat(line.getString("participant")).isEqualTo("orders");
        assertThat(line.getString("phase")).isEqualTo("PREPARE");
        assertThat(line.getJsonObject("Throwable").getString("StackTrace"))
                .contains("TransactionAbortedException")
                .contains("\n");
        assertThat(lines).allSatisfy(each -> {
            assertThat(each.getString("traceId")).isEqualTo(TraceCollector.hex(vote.getTraceId()));
            assertThat(each.getString("globalId")).isEqualTo(TraceCollector.attribute(vote, "lockstep.transaction"));
            assertThat(each.getString("ThreadName")).contains("http");
            assertThat(each.getString("Timestamp")).isNotEmpty();
        });
        assertThat(new Databases(product, orders).stockOf(productId)).isEqualTo(10);
    }

    /**
     * Scenario: a product's row is held for longer than an order may wait. Expected outcome: who waits for that product's lane hears what is known by then, not what
     * becomes of his order when the row cannot be had. Expected span: that of the request, which tells it, too.
     */
    @Test
    void whoWaitsTooLong_isTold_andSoDoesHisSpan() throws Exception {
        try (HeldLanes lanes = new HeldLanes(api, new Databases(product, orders))) {
            Instant before = Instant.now();
            HttpResponse<String> answer =
                    lanes.order(orderId, lanes.heldProduct(), 1, "waits").get(LIMIT.toSeconds(), TimeUnit.SECONDS);
            assertThat(answer.statusCode()).isEqualTo(503);
            assertThat(Duration.between(before, Instant.now())).isGreaterThanOrEqualTo(Duration.ofSeconds(6));
            assertThat(answer.body()).containsAnyOf("has waited for 6 s; it has changed nothing", ":outcome-unknown");
        }
        assertThat(TraceCollector.attribute(named(spansOfOrder(), "POST /api/orders"), "http.response.status_code"))
                .isEqualTo("503");
    }

    /**
     * Scenario: an operator holds an order after the prepares, and commits it by hand.
     * Expected spans: those of any order, under the one of the thread that held it, all in the operator's trace.
     */
    @Test
    void heldOrder_hasASpanForEachPhase_inTheOperatorsTrace() {
        OperatorClient operator = operatorInATrace();
        String hold = held(operator, "HELD");
        assertThat(operator.post(hold + "/commit", "{}").statusCode()).isEqualTo(202);

        List<Span> spans = spansOfOrder("hold order");
        assertPhasesUnder("hold order", spans);
        assertThat(spans)
                .extracting(span -> TraceCollector.hex(span.getTraceId()))
                .containsOnly(TRACE);
        Span holding = named(spans, "hold order");
        assertThat(TraceCollector.hex(holding.getParentSpanId())).isEqualTo(CLIENT_SPAN);
        assertThat(TraceCollector.attribute(holding, "lockstep.outcome")).isEqualTo("COMMITTED");
        assertThat(holding.getStatus().getCode()).isEqualTo(StatusCode.STATUS_CODE_UNSET);
        assertThat(spans)
                .filteredOn(span -> !span.equals(holding))
                .allSatisfy(span -> assertThat(span.getParentSpanId()).isEqualTo(holding.getSpanId()));
    }

    /**
     * Scenario: the orders database has no room to prepare an order that is to be held.
     * Expected outcome: it is never held. Expected lines: they tell the order, and the operator's trace. Expected span: an error.
     */
    @Test
    void heldOrdersVoteNo_isAnErrorInItsSpan_andInLogLinesOfTheOperatorsTrace() throws Exception {
        OperatorClient operator = operatorInATrace();
        PreparedSlots.withNoneLeft(orders, () -> held(operator, "REFUSED"));

        Span holding = named(spansOfOrder("hold order"), "hold order");
        assertThat(holding.getStatus().getCode()).isEqualTo(StatusCode.STATUS_CODE_ERROR);
        assertThat(TraceCollector.attribute(holding, "lockstep.outcome")).isEqualTo("REFUSED");
        assertThat(linesUntil("orderId", orderId.toString(), "Order " + orderId + ", to be held, is REFUSED"))
                .allSatisfy(line -> assertThat(line.getString("traceId", "")).isEqualTo(TRACE));
        assertThat(new Databases(product, orders).stockOf(productId)).isEqualTo(10);
    }

    /** Of two concurrent first transactions Payara may give one a name of zeros. The doctor begins the first, and nobody else is there yet. */
    @Test
    void firstTransactionOfTheProcess_isTheDeploymentsOwn() {
        assertThat(log().filter(line -> line.getString("LogMessage", "").contains(" is held in ")))
                .hasSizeGreaterThanOrEqualTo(2)
                .first()
                .extracting(line -> line.getString("ThreadName"))
                .isEqualTo("main");
    }

    /** Scenario: a coordinator died between prepare and decision. Expected: the resolver's span stands for itself, its line tells which. */
    @Test
    void resolver_hasASpanAndALineOfItsOwn() throws Exception {
        GlobalId dead = new GlobalId("4871251_"
                + Base64.getEncoder().encodeToString("12345678dead,server,P100".getBytes(StandardCharsets.ISO_8859_1)));
        BranchId left = new BranchId(dead, Role.COMMIT_POINT, 0, new ParticipantId("product", 1, 1, 1));
        execute(product, "BEGIN; PREPARE TRANSACTION '" + left.gid() + "'");

        LauncherProcess.await(LIMIT, "the resolver's span", () -> resolved(dead).isPresent());
        Span span = resolved(dead).orElseThrow();
        assertThat(span.getParentSpanId().isEmpty()).isTrue();
        assertThat(TraceCollector.attribute(span, "lockstep.participant")).isEqualTo("product");
        assertStep(span, "C0", "ROLLBACK");
        assertThat(linesUntil("globalId", dead.text(), "ROLLBACK PREPARED of "))
                .singleElement()
                .satisfies(line -> {
                    assertThat(line.getString("participant")).isEqualTo("product");
                    assertThat(line.getString("phase")).isEqualTo("RESOLVE");
                });
    }

    @Test
    void everyLineIsAnObject_fromTheFirst() {
        assertThat(log()).hasSizeGreaterThan(20).allSatisfy(line -> assertThat(line)
                .containsKeys("Timestamp", "Level", "LoggerName", "ThreadName"));
    }

    private int post(int quantity) {
        return api.post(OrderApi.orderJson(orderId, productId, quantity, "traced"))
                .statusCode();
    }

    private static OperatorClient operatorInATrace() {
        OperatorClient operator = new OperatorClient(api);
        operator.enter(server.operatorPassword());
        operator.useTrace(TRACEPARENT);
        return operator;
    }

    /** Places an order to be held after the prepares, and waits until the hold is in a state; returns where it is. */
    private String held(OperatorClient operator, String state) {
        String wanted = Json.createObjectBuilder(json(OrderApi.orderJson(orderId, productId, 1, "held")))
                .add("at", "PREPARED")
                .build()
                .toString();
        String hold =
                "api/holds/" + OrderApi.json(operator.post("api/holds", wanted)).getString("holdId");
        LauncherProcess.await(LIMIT, hold + " is " + state, () -> OrderApi.json(operator.get(hold))
                .getString("state")
                .equals(state));
        return hold;
    }

    private List<Span> spansOfOrder() {
        return spansOfOrder("POST /api/orders");
    }

    /** The request's span, or that of the thread it left the order to, ends last, so then all have come. */
    private List<Span> spansOfOrder(String last) {
        LauncherProcess.await(
                LIMIT, "the spans of " + orderId + " in " + collector, () -> collector.spansOf(orderId).stream()
                        .anyMatch(span -> span.getName().equals(last)));
        return collector.spansOf(orderId);
    }

    /** One span for each phase of each branch, and the one that they are all under. */
    static void assertPhasesUnder(String name, List<Span> spans) {
        assertThat(spans)
                .extracting(Span::getName)
                .containsExactlyInAnyOrder(
                        name,
                        "work product",
                        "work orders",
                        "prepare product",
                        "prepare orders",
                        "decision product",
                        "commit orders");
    }

    private static Span named(List<Span> spans, String name) {
        assertThat(spans).extracting(Span::getName).contains(name);
        return spans.stream()
                .filter(span -> span.getName().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private static void assertStep(Span span, String branch, String outcome) {
        assertThat(span.getKind()).isEqualTo(Span.SpanKind.SPAN_KIND_CLIENT);
        assertThat(TraceCollector.attribute(span, "lockstep.branch")).isEqualTo(branch);
        assertThat(TraceCollector.attribute(span, "lockstep.outcome")).isEqualTo(outcome);
    }

    private static Optional<Span> resolved(GlobalId global) {
        return collector.spans().stream()
                .filter(span -> span.getName().equals("resolve product"))
                .filter(span ->
                        TraceCollector.attribute(span, "lockstep.transaction").equals(global.text()))
                .findFirst();
    }

    /** The lines about something; there is one among them, or soon will be, that begins so. */
    private static List<JsonObject> linesUntil(String field, String value, String message) {
        LauncherProcess.await(LIMIT, "the log says: " + message, () -> log().anyMatch(
                        line -> line.getString(field, "").equals(value)
                                && line.getString("LogMessage").startsWith(message)));
        return log().filter(line -> line.getString(field, "").equals(value)).toList();
    }

    /** All of the server's log; it fails if a line is no JSON. What comes after the last line's end is still being written. */
    private static Stream<JsonObject> log() {
        try {
            String text = Files.readString(data.resolve("logs/payara.log"));
            return text.substring(0, text.lastIndexOf('\n') + 1).lines().map(TelemetryIT::json);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static JsonObject json(String line) {
        try (JsonReader reader = Json.createReader(new StringReader(line))) {
            return reader.readObject();
        }
    }

    private static void execute(DataSource database, String sql) throws SQLException {
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
