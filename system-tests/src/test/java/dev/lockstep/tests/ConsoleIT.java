package dev.lockstep.tests;

import static dev.lockstep.tests.LauncherProcess.await;
import static org.assertj.core.api.Assertions.assertThat;

import com.atlassian.oai.validator.model.Request.Method;
import dev.lockstep.launcher.operator.OperatorAccount;
import jakarta.json.Json;
import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import java.io.StringReader;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.yaml.snakeyaml.Yaml;

/** The console (T1 to T5 of dev.lockstep.console), over HTTP: what it counts and lists; every answer also keeps to the OpenAPI document. */
class ConsoleIT extends ConsoleFixture {

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

    /** Those of flows a server without peers does not have; FlowMetersTest holds them. A name in them that no server has would make a panel that is empty, and an alert that never comes. */
    @ParameterizedTest
    @ValueSource(strings = {"lockstep-dashboard.json", "lockstep-alerts.yaml"})
    void dashboardAndAlerts_nameMetricsThatThereAre(String file) throws Exception {
        String text = Files.readString(Path.of("..", "server-config", "src", "main", "monitoring", file));
        Set<String> there = Pattern.compile("^(lockstep_\\w+)[{ ]", Pattern.MULTILINE)
                .matcher(metricsBefore.text())
                .results()
                .map(line -> line.group(1))
                .collect(Collectors.toSet());
        assertThat(Pattern.compile("lockstep_(?!flow_)\\w+")
                        .matcher(text)
                        .results()
                        .map(MatchResult::group))
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
        JsonObject one = api.transaction(globalId);
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
}
