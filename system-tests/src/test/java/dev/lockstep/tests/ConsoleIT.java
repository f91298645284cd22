package dev.lockstep.tests;

import static dev.lockstep.tests.LauncherProcess.await;
import static org.assertj.core.api.Assertions.assertThat;

import com.atlassian.oai.validator.model.Request.Method;
import dev.lockstep.launcher.operator.OperatorAccount;
import dev.lockstep.participant.database.NameLock;
import jakarta.json.Json;
import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonString;
import java.io.StringReader;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.yaml.snakeyaml.Yaml;

/** The console (T1 to T5 of dev.lockstep.console), over HTTP; every answer also keeps to the OpenAPI document. */
@ExtendWith(AtTheShop.class)
class ConsoleIT {

    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final String DEAD = "nobody,server,P100";
    private static final String ALIVE = "somebody,server,P100";

    private Databases databases;
    private OrderApi api;
    private OperatorClient operator;
    private Metrics metricsBefore;

    /** How many transactions a test lets the resolver or the operator settle. */
    private int settled;

    @BeforeEach
    void logIn(RunningShop shop) {
        databases = shop.databases();
        api = shop.api();
        operator = shop.operator();
        metricsBefore = new Metrics();
    }

    /** What a test settles is counted once nothing of it is prepared, and not in the next test. */
    @AfterEach
    void nothingIsLeft() {
        Healed.await(databases);
        await(LIMIT, "the console sees that", () -> statistics().getInt("inDoubt") == 0);
        await(LIMIT, "what was settled is counted", () -> resolved(new Metrics()) - resolved(metricsBefore) == settled);
    }

    private static long resolved(Metrics metrics) {
        String name = "lockstep_transactions_resolved_total";
        return Math.round(metrics.value(name, "outcome=\"commit\"") + metrics.value(name, "outcome=\"abort\""));
    }

    @Test
    void statisticsAndMetrics_countCommitsAbortsAndWhatTheResolverDoes() throws Exception {
        operator.post("api/statistics/reset", "{}"); // or the others' answers would be in the average
        JsonObject before = statistics();
        int productId = databases.productOf(4);
        for (int i = 0; i < 3; i++) {
            assertThat(order(productId, 1, "one of three").statusCode()).isEqualTo(201);
        }
        assertThat(order(productId, 2, "one too many").statusCode()).isEqualTo(409);
        String globalId = BranchesByHand.globalId(DEAD);
        BranchesByHand.prepare(
                databases.product(), BranchesByHand.commitPoint(globalId, databases.product()), take(productId));

        settled = 1;
        await(LIMIT, "the resolver", () -> difference(before, "resolvedAbort") == 1);
        assertThat(difference(before, "committed")).isEqualTo(3);
        assertThat(difference(before, "aborted")).isEqualTo(1);
        assertThat(difference(before, "refused")).isEqualTo(1);
        assertThat(difference(before, "resolvedCommit")).isZero();
        JsonObject now = statistics();
        JsonObject response = now.getJsonObject("responseMillis");
        assertThat(difference(before.getJsonObject("responseMillis"), response, "count"))
                .isEqualTo(4);
        assertThat(number(response, "min")).isPositive().isLessThanOrEqualTo(number(response, "average"));
        assertThat(number(response, "p99")).isBetween(number(response, "average"), number(response, "max"));
        assertThat(now.getInt("active")).isZero();
        assertThat(now.getInt("maxActive")).isPositive();

        Metrics metrics = new Metrics();
        assertThat(metrics.since(metricsBefore, "lockstep_transactions_committed_total"))
                .isEqualTo(3);
        assertThat(metrics.since(metricsBefore, "lockstep_transactions_settled_elsewhere_total"))
                .isEqualTo(difference(before, "settledElsewhere"));
        String aborted = "lockstep_transactions_aborted_total";
        assertThat(metrics.since(metricsBefore, aborted, "because=\"refused\"")).isEqualTo(1);
        assertThat(metrics.since(metricsBefore, aborted, "because=\"failed\"")).isZero();
        assertThat(metrics.since(metricsBefore, "lockstep_transactions_resolved_total", "outcome=\"abort\""))
                .isEqualTo(1);
        String answers = "lockstep_response_seconds_";
        assertThat(metrics.since(metricsBefore, answers + "count")).isEqualTo(4);
        assertThat(metrics.since(metricsBefore, answers + "bucket", "le=\"+Inf\""))
                .isEqualTo(4);
        assertThat((metrics.value(answers + "sum") - metricsBefore.value(answers + "sum")) / 4)
                .isCloseTo(number(response, "average") / 1000, Offset.offset(0.001));
        assertThat(metrics.value("lockstep_transactions_active")).isZero();
        await(LIMIT, "no more in doubt", () -> new Metrics().value("lockstep_transactions_in_doubt") == 0);
        assertThat(metrics.text()).contains("# HELP lockstep_transactions_committed_total ");
        await(LIMIT, "the chart", () -> sum(statistics(), "committed") >= 3);
    }

    /** A name in them that no server has would make a panel that is empty, and an alert that never comes. */
    @ParameterizedTest
    @ValueSource(strings = {"lockstep-dashboard.json", "lockstep-alerts.yaml"})
    void dashboardAndAlerts_nameMetricsThatThereAre(String file) throws Exception {
        String text = Files.readString(Path.of("..", "server-config", "src", "main", "monitoring", file));
        Set<String> there = Pattern.compile("^(lockstep_\\w+)[{ ]", Pattern.MULTILINE)
                .matcher(metricsBefore.text())
                .results()
                .map(line -> line.group(1))
                .collect(Collectors.toSet());
        assertThat(Pattern.compile("lockstep_\\w+").matcher(text).results().map(MatchResult::group))
                .isNotEmpty()
                .isSubsetOf(there);
        Iterable<Object> documents = new Yaml().loadAll(text); // JSON is YAML, too
        assertThat(documents).hasSize(1);
    }

    /** Those of base units: <a href="https://prometheus.io/docs/practices/naming/">seconds, and totals</a>. */
    @Test
    void metrics_haveBaseUnits() {
        assertThat(metricsBefore.text().lines().filter(line -> line.startsWith("lockstep_")))
                .isNotEmpty()
                .noneMatch(line -> line.matches("[a-z_]*(micro|milli|nano|minutes|hours).*"));
    }

    @Test
    void operatorResetsTheStatistics_butNotTheMetrics() throws Exception {
        assertThat(order(databases.productOf(1), 1, "before the reset").statusCode())
                .isEqualTo(201);
        metricsBefore = new Metrics();
        Instant before = Instant.now();
        assertThat(api.held(
                                Method.POST,
                                "api/statistics/reset",
                                api.send(api.request("api/statistics/reset").POST(BodyPublishers.noBody())))
                        .statusCode())
                .isEqualTo(401);
        assertThat(statistics().getInt("committed")).isPositive();
        assertThat(operator.post("api/statistics/reset", "{}").statusCode()).isEqualTo(204);
        JsonObject line = Json.createReader(
                        new StringReader(operator.get("api/audit").body()))
                .readArray()
                .getJsonObject(0);
        assertThat(line.getString("decision")).isEqualTo("RESET");
        assertThat(line.getString("operator")).isEqualTo(OperatorAccount.NAME);
        assertThat(line.isNull("because")).isTrue();
        assertThat(line.getJsonObject("counted").getInt("committed")).isPositive();
        assertThat(Instant.parse(line.getJsonObject("counted").getString("since")))
                .isBefore(before);
        assertThat(statistics().getInt("committed")).isZero();
        assertThat(number(statistics().getJsonObject("responseMillis"), "max")).isZero();
        assertThat(Instant.parse(statistics().getString("since"))).isAfterOrEqualTo(before);
        assertThat(new Metrics().since(metricsBefore, "lockstep_transactions_committed_total"))
                .isZero();
    }

    @Test
    void transactionsAreListed_filtered_andShownOneByOne() throws Exception {
        int productId = databases.productOf(5);
        UUID orderId = UUID.randomUUID();
        String name = "listed " + orderId;
        assertThat(api.post(OrderApi.orderJson(orderId, productId, 2, name)).statusCode())
                .isEqualTo(201);
        assertThat(order(productId, 4, name).statusCode()).isEqualTo(409);

        assertThat(listed("order=" + orderId)).hasSize(1);
        assertThat(listed("text=LISTED%20" + orderId)).hasSize(2);
        assertThat(listed("text=no-such-order-" + orderId)).isEmpty();
        assertThat(listed("text=no-such-order-" + orderId + "&product=" + productId))
                .hasSize(2);
        assertThat(listed("text=" + orderId + "&state=ABORTED")).hasSize(1);
        assertThat(listed("text=" + orderId + "&limit=1")).hasSize(1);
        List<JsonObject> both = listed("text=" + orderId);
        assertThat(listed("text=" + orderId + "&limit=1&offset=1"))
                .extracting(transaction -> transaction.getString("globalId"))
                .containsExactly(both.get(1).getString("globalId"));
        assertThat(listed("text=" + orderId + "&offset=2")).isEmpty();
        assertThat(listed("text=" + orderId + "&participant=orders")).hasSize(1);
        JsonObject counts = OrderApi.json(api.get("api/transactions?text=" + orderId + "&state=ACTIVE"))
                .getJsonObject("counts");
        assertThat(counts.getInt("COMMITTED")).isEqualTo(1);
        assertThat(counts.getInt("ABORTED")).isEqualTo(1);
        for (String bad : List.of(
                "state=GONE", "limit=0", "limit=501", "limit=x", "offset=-1", "offset=100000", "offset=99999999999")) {
            assertThat(api.get("api/transactions?" + bad).statusCode()).as(bad).isEqualTo(400);
        }

        String globalId = listed("order=" + orderId).get(0).getString("globalId");
        JsonObject one = OrderApi.json(api.get("api/transactions/" + inPath(globalId)));
        assertThat(one.getString("state")).isEqualTo("COMMITTED");
        assertThat(one.getString("commitPoint")).isEqualTo("product");
        assertThat(one.getInt("answer")).isEqualTo(201);
        assertThat(one.getJsonArray("branches").getValuesAs(JsonObject.class))
                .extracting(branch -> branch.getString("participant"))
                .containsExactly("product", "orders");
        assertThat(one.getJsonArray("steps").getValuesAs(JsonObject.class))
                .extracting(step -> step.getString("kind"))
                .containsExactly("REQUEST", "WORK", "WORK", "PREPARE", "PREPARE", "DECISION", "COMMIT");
        assertThat(api.get("api/transactions/4871251_AAAA").statusCode()).isEqualTo(404);
    }

    @Test
    void branchInDoubtIsShown_withItsEvidence_andTheLocksItHolds() throws Exception {
        int productId = databases.productOf(5);
        String gid = BranchesByHand.followerOfNobody(BranchesByHand.globalId(DEAD));
        BranchesByHand.prepare(databases.product(), gid, take(productId));
        try {
            await(LIMIT, "in doubt", () -> statistics().getInt("inDoubt") == 1);
            JsonObject branch = branch(gid);
            assertThat(branch.getString("evidence")).isEqualTo("UNKNOWN");
            assertThat(branch.getString("because")).contains("elsewhere");
            assertThat(branch.getJsonArray("permitted")).isEmpty();
            assertThat(branch.getBoolean("coordinatorAlive")).isFalse();
            JsonObject transaction = OrderApi.json(api.get("api/transactions/" + inPath(branch.getString("globalId"))));
            assertThat(transaction.getString("state")).isEqualTo("IN_DOUBT");
            assertThat(transaction.getJsonArray("locks").getValuesAs(JsonObject.class))
                    .anySatisfy(lock -> {
                        assertThat(lock.getString("relation")).isEqualTo("product");
                        assertThat(lock.getString("mode")).isEqualTo("RowExclusiveLock");
                    });
        } finally {
            end(databases.product(), "ROLLBACK PREPARED '" + gid + "'");
        }
        await(LIMIT, "no more in doubt", () -> statistics().getInt("inDoubt") == 0);
    }

    @Test
    void resolveIsRefused_withoutLogin_token_reason_orEvidence_andNothingChanges() throws Exception {
        int productId = databases.productOf(5);
        String globalId = BranchesByHand.globalId(ALIVE);
        String gid = BranchesByHand.commitPoint(globalId, databases.product());
        String path = "api/branches/" + inPath(gid) + "/resolve";
        try (Connection name = databases.product().getConnection()) {
            alive(name);
            BranchesByHand.prepare(databases.product(), gid, take(productId));

            assertThat(new OperatorClient(api)
                            .post(path, decision("COMMIT", "no login"))
                            .statusCode())
                    .isEqualTo(401);
            String token = operator.session().getString("csrfToken");
            operator.useToken("");
            assertThat(operator.post(path, decision("COMMIT", "no token")).statusCode())
                    .isEqualTo(403);
            operator.useToken(token);
            for (String reason : List.of("", "  ", "x".repeat(501), "two\nlines")) {
                HttpResponse<String> response = operator.post(path, decision("ROLLBACK", reason));
                assertThat(response.statusCode()).isEqualTo(400);
                assertThat(response.body()).contains("\"field\":\"reason\"");
            }
            HttpResponse<String> refusal = operator.post(path, decision("COMMIT", "against the evidence"));
            assertThat(refusal.statusCode()).isEqualTo(409);
            assertThat(refusal.body()).contains(":resolve-refused", "\"evidence\":\"OPEN\"");

            assertThat(BranchesByHand.isPrepared(databases.product(), gid)).isTrue();
            assertThat(audited(gid)).containsExactly("COMMIT REFUSED OPEN against the evidence");

            HttpResponse<String> done = operator.post(path, decision("ROLLBACK", "always allowed"));
            assertThat(done.statusCode()).isEqualTo(200);
            settled = 1;
            assertThat(OrderApi.json(done).getString("outcome")).isEqualTo("SETTLED");
            assertThat(BranchesByHand.isPrepared(databases.product(), gid)).isFalse();
            assertThat(databases.stockOf(productId)).isEqualTo(5);
            HttpResponse<String> again = operator.post(path, decision("ROLLBACK", "once more"));
            assertThat(again.statusCode()).isEqualTo(409);
            assertThat(again.body()).contains(":branch-ended");
            assertThat(audited(gid))
                    .containsExactly(
                            "COMMIT REFUSED OPEN against the evidence",
                            "ROLLBACK SETTLED OPEN always allowed",
                            "ROLLBACK ALREADY_ENDED UNKNOWN once more");
        }
    }

    @Test
    void heuristic_endsWhatNobodyCanKnow_andIsWrittenDown() throws Exception {
        int productId = databases.productOf(5);
        String gid = BranchesByHand.followerOfNobody(BranchesByHand.globalId(DEAD));
        String path = "api/branches/" + inPath(gid) + "/resolve";
        BranchesByHand.prepare(databases.product(), gid, take(productId));

        HttpResponse<String> refusal = operator.post(path, decision("COMMIT", "is it allowed?"));
        assertThat(refusal.statusCode()).isEqualTo(409);
        assertThat(BranchesByHand.isPrepared(databases.product(), gid)).isTrue();

        HttpResponse<String> done = operator.post(
                path, body("COMMIT", "库房已确认").add("heuristic", true).build().toString());
        assertThat(done.statusCode()).isEqualTo(200);
        settled = 1;
        assertThat(OrderApi.json(done).getBoolean("heuristic")).isTrue();
        assertThat(BranchesByHand.isPrepared(databases.product(), gid)).isFalse();
        assertThat(databases.stockOf(productId)).isEqualTo(4);
        JsonObject transaction =
                OrderApi.json(api.get("api/transactions/" + inPath(gid.substring(0, gid.lastIndexOf('_')))));
        assertThat(transaction.getJsonArray("steps").getJsonObject(0).getBoolean("byOperator"))
                .isTrue();
        assertThat(audited(gid))
                .containsExactly("COMMIT REFUSED UNKNOWN is it allowed?", "COMMIT SETTLED UNKNOWN 库房已确认");
        HttpResponse<String> audit = operator.get("api/audit");
        assertThat(audit.statusCode()).isEqualTo(200);
        assertThat(audit.body()).contains(gid, "库房已确认", "\"operator\":\"" + OperatorAccount.NAME + "\"");
        assertThat(api.get("api/audit").statusCode()).isEqualTo(401);
    }

    @Test
    void whatIsNoBranch_isRefused() {
        assertThat(operator.post("api/branches/nonsense/resolve", decision("ROLLBACK", "tidy up"))
                        .statusCode())
                .isEqualTo(409);
        String unknown = decision("ROLLBACK", "tidy up").replace("\"product\"", "\"warehouse\"");
        assertThat(operator.post("api/branches/nonsense/resolve", unknown).body())
                .contains("\"field\":\"participant\"");
    }

    private JsonObject statistics() {
        return OrderApi.json(api.get("api/statistics"));
    }

    private long difference(JsonObject before, String name) {
        return difference(before, statistics(), name);
    }

    private static long difference(JsonObject before, JsonObject after, String name) {
        return after.getJsonNumber(name).longValue()
                - before.getJsonNumber(name).longValue();
    }

    private static double number(JsonObject json, String name) {
        return json.getJsonNumber(name).doubleValue();
    }

    private static int sum(JsonObject statistics, String name) {
        return statistics.getJsonObject("perSecond").getJsonArray(name).stream()
                .mapToInt(value -> ((JsonNumber) value).intValue())
                .sum();
    }

    private HttpResponse<String> order(int productId, int quantity, String name) {
        return api.post(OrderApi.orderJson(UUID.randomUUID(), productId, quantity, name));
    }

    private List<JsonObject> listed(String query) {
        return OrderApi.json(api.get("api/transactions?" + query))
                .getJsonArray("transactions")
                .getValuesAs(JsonObject.class);
    }

    private JsonObject branch(String gid) {
        return OrderApi.json(api.get("api/branches")).getJsonArray("branches").getValuesAs(JsonObject.class).stream()
                .filter(branch -> branch.get("gid").equals(text(gid)))
                .findFirst()
                .orElseThrow();
    }

    private static JsonString text(String text) {
        return Json.createValue(text);
    }

    private static String inPath(String name) {
        return name.replace('/', '~');
    }

    private static String take(int productId) {
        return "UPDATE product SET product_nums = product_nums - 1 WHERE product_id = " + productId;
    }

    private static JsonObjectBuilder body(String decision, String reason) {
        return Json.createObjectBuilder()
                .add("participant", "product")
                .add("decision", decision)
                .add("reason", reason);
    }

    private static String decision(String decision, String reason) {
        return body(decision, reason).build().toString();
    }

    /** Holds a coordinator's name, so that the resolver leaves its branches alone. */
    private static void alive(Connection session) throws SQLException {
        try (PreparedStatement lock = session.prepareStatement("SELECT pg_advisory_lock(?)")) {
            lock.setLong(1, NameLock.key(ALIVE));
            lock.execute();
        }
    }

    private List<String> audited(String gid) throws SQLException {
        try (Connection connection = databases.product().getConnection();
                PreparedStatement query = connection.prepareStatement(
                        "SELECT array_agg(decision || ' ' || outcome || ' ' || evidence || ' ' || reason ORDER BY action_id)"
                                + " FROM operator_action WHERE gid = ? AND operator = ?")) {
            query.setString(1, gid);
            query.setString(2, OperatorAccount.NAME);
            try (ResultSet row = query.executeQuery()) {
                row.next();
                return List.of((String[]) row.getArray(1).getArray());
            }
        }
    }

    private static void end(DataSource database, String sql) throws SQLException {
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    /** What Prometheus would read now. */
    private final class Metrics {

        private final String text =
                api.send(api.request("metrics").header("Accept", "text/plain")).body();

        String text() {
            return text;
        }

        double value(String name, String... tags) {
            return Pattern.compile("^" + name + "(\\{[^}]*})? (\\S+)", Pattern.MULTILINE)
                    .matcher(text)
                    .results()
                    .filter(line ->
                            List.of(tags).stream().allMatch(tag -> tags(line).contains(tag)))
                    .mapToDouble(line -> Double.parseDouble(line.group(2)))
                    .findFirst()
                    .orElseThrow(() -> new AssertionError("No " + name + " in\n" + text));
        }

        private static String tags(MatchResult line) {
            return line.group(1) == null ? "" : line.group(1);
        }

        long since(Metrics before, String name, String... tags) {
            return Math.round(value(name, tags) - before.value(name, tags));
        }
    }
}
