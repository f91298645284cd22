package dev.lockstep.tests;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import java.io.UncheckedIOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Break it (D1 to D3 of dev.lockstep.demo): a whole server in demo mode, killed by its own page's means, and healed by its launcher. */
class BreakIT {

    private static final Duration HEAL_LIMIT = Duration.ofMinutes(3);
    private static final int CUPS = 3;
    private static final int CUPS_AT_FIRST = 5000;

    @TempDir
    static Path data;

    private static Map<String, String> settings;
    private static LauncherProcess server;
    private static OrderApi api;

    @BeforeAll
    static void startInDemoMode() {
        PreparedFolder.putInto(data);
        settings = LauncherProcess.settings(data);
        settings.put("LOCKSTEP_DEMO", "true");
        server = LauncherProcess.start(settings).awaitReady();
        api = server.api();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    /**
     * Scenario: the parts named die at the point named. Expected outcome: decided is what the commit point's database has committed; the
     * client is told the same in the end, the books balance, and nothing is in doubt.
     */
    @ParameterizedTest
    @CsvSource({
        "orders, AFTER_SECOND_PREPARE, true",
        "payara, BEFORE_DECISION, false",
        "payara, AFTER_DECISION, true",
        "product orders, AFTER_FIRST_PREPARE, false",
        "payara product orders, AFTER_DECISION, true",
    })
    void killedAtAPoint_healsToOneOutcome(String victims, String at, boolean isPlaced) throws Exception {
        UUID orderId = UUID.randomUUID();
        OperatorClient operator = operator();
        assertThat(operator.post("api/breaks", plan(victims, at, orderId)).statusCode())
                .isEqualTo(204);
        assertThat(operator.get("api/breaks").body()).contains(at, orderId.toString());

        int killedBefore = killed();
        Optional<Integer> told = place(orderId);
        if (victims.contains("payara")) {
            assertThat(told).isEmpty(); // the answer died with its server
        } else {
            assertThat(told).hasValue(isPlaced ? 201 : 503);
        }
        LauncherProcess.await(
                HEAL_LIMIT,
                "the launcher saw " + victims + " die",
                () -> killed() == killedBefore + victims.split(" ", -1).length);
        LauncherProcess.await(HEAL_LIMIT, "the order is " + isPlaced, () -> ask(orderId) == (isPlaced ? 200 : 404));
        LauncherProcess.await(
                HEAL_LIMIT, "orders again", () -> place(UUID.randomUUID()).equals(Optional.of(201)));
        assertBooksBalance();
    }

    @Test
    void onlyAnOperatorBreaksIt_andOnlyWhatThereIs() {
        String plan = plan("payara", "AFTER_WORK", UUID.randomUUID());
        assertThat(new OperatorClient(api).post("api/breaks", plan).statusCode())
                .isEqualTo(401);
        OperatorClient operator = operator();
        assertThat(operator.session().getBoolean("demo")).isTrue();
        assertThat(operator.post("api/breaks", "{\"victims\":[\"launcher\"],\"at\":\"NEVER\"}")
                        .body())
                .contains("\"victims\"", "[product, orders, payara]", "\"at\"", "AFTER_DECISION");
    }

    @Test
    void planThatIsForgotten_breaksNothing() {
        OperatorClient operator = operator();
        UUID orderId = UUID.randomUUID();
        operator.post("api/breaks", plan("payara product orders", "BEFORE_DECISION", orderId));
        assertThat(operator.delete("api/breaks").statusCode()).isEqualTo(204);
        assertThat(operator.get("api/breaks").body()).isEqualTo("{}");
        assertThat(place(orderId)).hasValue(201);
    }

    /** A plan for one order leaves another one whole. */
    @Test
    void otherOrders_areNotBroken() {
        OperatorClient operator = operator();
        operator.post("api/breaks", plan("payara", "BEFORE_DECISION", UUID.randomUUID()));
        assertThat(place(UUID.randomUUID())).hasValue(201);
        assertThat(operator.get("api/breaks").body()).contains("BEFORE_DECISION");
        operator.delete("api/breaks");
    }

    private static OperatorClient operator() {
        OperatorClient operator = new OperatorClient(api);
        operator.enter(server.operatorPassword());
        return operator;
    }

    private static String plan(String victims, String at, UUID orderId) {
        JsonArrayBuilder names = Json.createArrayBuilder();
        List.of(victims.split(" ", -1)).forEach(names::add);
        return Json.createObjectBuilder()
                .add("victims", names)
                .add("at", at)
                .add("orderId", orderId.toString())
                .build()
                .toString();
    }

    private static int killed() {
        return server.output().split("ended with code 137", -1).length - 1;
    }

    /** The status of the answer, or empty if there was none. */
    private static Optional<Integer> place(UUID orderId) {
        try {
            HttpResponse<String> answer = api.send(api.request("api/orders")
                    .header("Content-Type", "application/json")
                    .POST(BodyPublishers.ofString(OrderApi.orderJson(orderId, CUPS, 1, "to be broken"))));
            return Optional.of(answer.statusCode());
        } catch (UncheckedIOException e) {
            return Optional.empty();
        }
    }

    private static int ask(UUID orderId) {
        try {
            return api.send(api.request("api/orders/" + orderId)).statusCode();
        } catch (UncheckedIOException e) {
            return 0;
        }
    }

    private static void assertBooksBalance() throws SQLException {
        Databases databases = LauncherProcess.databases(settings);
        assertThat(CUPS_AT_FIRST - databases.stockOf(CUPS)).isEqualTo(databases.orderedOf(CUPS));
        assertThat(databases.prepared()).isZero();
        assertThat(databases.isLocked(CUPS)).isFalse();
    }
}
