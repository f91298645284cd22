package dev.lockstep.tests;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.JsonObject;
import java.net.http.HttpResponse;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Stop before commit (H1 to H4 of dev.lockstep.lab.hold), over HTTP and past it, in the databases. */
@ExtendWith(AtTheShop.class)
class HoldIT {

    private static final int STOCK = 10;
    private static final Duration SOON = Duration.ofSeconds(15);

    /** Two thirds of the 30 s that a transaction has, and a busy machine's time; after 30 s another ending would be told. */
    private static final Duration BY_ITSELF = Duration.ofSeconds(60);

    private RunningShop shop;
    private Databases databases;
    private OrderApi api;
    private OperatorClient operator;

    @BeforeEach
    void logIn(RunningShop running) {
        shop = running;
        databases = shop.databases();
        api = shop.api();
        operator = shop.operator();
    }

    @AfterEach
    void nothingIsLeft() {
        Healed.await(databases);
    }

    /** What a reader sees is the same at both points; what holds the locks is not. */
    @ParameterizedTest
    @CsvSource({
        "WORK, commit, COMMITTED",
        "WORK, rollback, ROLLED_BACK",
        "PREPARED, commit, COMMITTED",
        "PREPARED, rollback, ROLLED_BACK"
    })
    void heldOrder_showsOthersTheOldValues_untilItIsEndedByHand(String at, String how, String outcome)
            throws Exception {
        int productId = databases.productOf(STOCK);
        HttpResponse<String> placed = hold(productId, 3, at);
        assertThat(placed.statusCode()).isEqualTo(202);
        String holdId = OrderApi.json(placed).getString("holdId");
        UUID orderId = UUID.fromString(OrderApi.json(placed).getString("orderId"));
        assertThat(placed.headers().firstValue("Location")).hasValue("/api/holds/" + holdId);

        JsonObject held = await(holdId, "HELD");
        assertOldValues(held, at);
        assertThat(api.get("api/orders/" + orderId).statusCode()).isEqualTo(202);
        assertThat(databases.isLocked(productId)).isTrue();
        assertThat(databases.prepared()).isEqualTo(at.equals("PREPARED") ? 2 : 0);

        assertThat(operator.post("api/holds/" + holdId + "/" + how, "{}").statusCode())
                .isEqualTo(202);
        JsonObject over = await(holdId, outcome);
        boolean isCommitted = outcome.equals("COMMITTED");
        assertThat(over.getString("ending")).isEqualToIgnoringCase(how);
        assertThat(over.getJsonObject("reader").getInt("stock")).isEqualTo(isCommitted ? STOCK - 3 : STOCK);
        assertThat(over.getJsonObject("reader").getBoolean("isOrderThere")).isEqualTo(isCommitted);
        assertUnlocked(over);
        assertOutcome(productId, orderId, isCommitted);
        assertThat(operator.post("api/holds/" + holdId + "/commit", "{}").body())
                .contains(":not-held", "is " + outcome);
    }

    private void assertOldValues(JsonObject held, String at) throws SQLException {
        JsonObject reader = held.getJsonObject("reader");
        assertThat(reader.getInt("stock")).isEqualTo(STOCK);
        assertThat(reader.getBoolean("isOrderThere")).isFalse();
        Map<DataSource, JsonObject> locks = Map.of(
                databases.product(),
                reader.getJsonObject("productLock"),
                databases.orders(),
                reader.getJsonObject("orderLock"));
        for (DataSource database : List.of(databases.product(), databases.orders())) {
            JsonObject lock = locks.get(database);
            if (at.equals("WORK")) {
                assertThat(lock.getString("application")).isEqualTo("lockstep");
                assertThat(Databases.count(
                                database,
                                "SELECT FROM pg_stat_activity WHERE pid = ? AND backend_xid = CAST(? AS xid)",
                                lock.getInt("pid"),
                                lock.getString("xid")))
                        .isOne();
            } else {
                assertThat(Databases.count(
                                database,
                                "SELECT FROM pg_prepared_xacts WHERE gid = ? AND transaction = CAST(? AS xid)",
                                lock.getString("gid"),
                                lock.getString("xid")))
                        .isOne();
            }
        }
    }

    private static void assertUnlocked(JsonObject over) {
        assertThat(over.getJsonObject("reader")).doesNotContainKeys("productLock", "orderLock");
    }

    private void assertOutcome(int productId, UUID orderId, boolean isCommitted) throws SQLException {
        assertThat(databases.isLocked(productId)).isFalse();
        assertThat(databases.stockOf(productId)).isEqualTo(isCommitted ? STOCK - 3 : STOCK);
        assertThat(databases.hasOrder(orderId)).isEqualTo(isCommitted);
        assertThat(api.get("api/orders/" + orderId).statusCode()).isEqualTo(isCommitted ? 200 : 404);
    }

    /**
     * Scenario: three are held, so a fourth is refused; then the database that decides dies, is away at their end, and comes back.
     * Expected outcome: whoever forgets them finds them rolled back, not timed out, and the other database at once.
     */
    @Test
    void forgottenHolds_endByThemselves_thoughADatabaseIsAwayAtTheirEnd() throws Exception {
        int[] products = {databases.productOf(STOCK), databases.productOf(STOCK), databases.productOf(STOCK)};
        List<HttpResponse<String>> placed = List.of(
                hold(products[0], 3, "WORK"), hold(products[1], 3, "PREPARED"), hold(products[2], 3, "PREPARED"));
        List<String> holdIds = placed.stream()
                .map(response -> OrderApi.json(response).getString("holdId"))
                .toList();
        holdIds.forEach(holdId -> await(holdId, "HELD"));
        assertThat(hold(products[0], 1, "WORK").body()).contains(":too-many-holds", "At most 3 orders");
        LauncherProcess.await(
                BY_ITSELF, "what is prepared is in doubt", () -> statistics().getInt("inDoubt") == 2);
        assertThat(statistics().getInt("active")).as("what is not in doubt").isEqualTo(1);
        try (Outage outage = shop.loseDatabase("product")) {
            LauncherProcess.await(
                    BY_ITSELF, "the orders are rolled back", () -> nothingIsPreparedIn(databases.orders()));
            outage.end();
        }
        Healed.await(databases);

        for (int i = 0; i < products.length; i++) {
            JsonObject over = await(holdIds.get(i), "ROLLED_BACK", BY_ITSELF);
            assertThat(over.getString("ending")).isEqualTo("TIMEOUT");
            assertThat(over.getInt("limitMillis")).isEqualTo(20_000);
            UUID orderId = UUID.fromString(OrderApi.json(placed.get(i)).getString("orderId"));
            assertOutcome(products[i], orderId, false);
        }
        String next = OrderApi.json(hold(products[0], 3, "WORK")).getString("holdId");
        await(next, "HELD");
        operator.post("api/holds/" + next + "/rollback", "{}");
        await(next, "ROLLED_BACK");
    }

    private JsonObject statistics() {
        return OrderApi.json(api.get("api/statistics"));
    }

    @Test
    void orderThatCannotBePlaced_isNeverHeld() throws Exception {
        int productId = databases.productOf(2);
        JsonObject refused = await(OrderApi.json(hold(productId, 3, "PREPARED")).getString("holdId"), "REFUSED");
        assertThat(refused.getJsonObject("problem").getString("type")).endsWith(":out-of-stock");
        assertThat(refused.getJsonObject("reader").getInt("stock")).isEqualTo(2);
        assertThat(databases.isLocked(productId)).isFalse();
    }

    @Test
    void onlyAnOperatorHoldsOrders() throws Exception {
        OperatorClient anybody = new OperatorClient(api);
        String wanted = holdJson(databases.productOf(STOCK), 1, "WORK");
        String holdId = UUID.randomUUID().toString();
        for (HttpResponse<String> response : List.of(
                anybody.post("api/holds", wanted),
                anybody.get("api/holds/" + holdId),
                anybody.post("api/holds/" + holdId + "/commit", "{}"))) {
            assertThat(response.statusCode()).isEqualTo(401);
            assertThat(response.body()).contains(":login-required");
        }
        operator.useToken("guessed");
        assertThat(operator.post("api/holds", wanted).body()).contains(":csrf-token");
    }

    @Test
    void whatIsWrong_isNamed() {
        assertThat(operator.get("api/holds/" + UUID.randomUUID()).body()).contains(":no-such-hold");
        HttpResponse<String> invalid =
                operator.post("api/holds", "{\"productId\":1,\"quantity\":0,\"orderName\":\"x\",\"at\":\"LUNCH\"}");
        assertThat(invalid.statusCode()).isEqualTo(400);
        assertThat(invalid.body()).contains("\"at\"", "one of [WORK, PREPARED]", "\"quantity\"");
    }

    /** D1: this server was not started to be broken, so not even an operator finds anything. */
    @Test
    void withoutDemoModeNothingCanBeBroken() {
        String plan = "{\"victims\":[\"payara\"],\"at\":\"BEFORE_DECISION\"}";
        Stream.of(operator.post("api/breaks", plan), operator.get("api/breaks"), operator.delete("api/breaks"))
                .forEach(response -> {
                    assertThat(response.statusCode()).isEqualTo(404);
                    assertThat(response.body()).contains(":not-found", "There is no resource /api/breaks");
                });
        assertThat(operator.session().getBoolean("demo")).isFalse();
    }

    private static boolean nothingIsPreparedIn(DataSource database) {
        try {
            return Databases.preparedIn(database) == 0;
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private HttpResponse<String> hold(int productId, int quantity, String at) {
        return operator.post("api/holds", holdJson(productId, quantity, at));
    }

    private static String holdJson(int productId, int quantity, String at) {
        return "{\"productId\":" + productId + ",\"quantity\":" + quantity + ",\"orderName\":\"held\",\"at\":\"" + at
                + "\"}";
    }

    private JsonObject await(String holdId, String state) {
        return await(holdId, state, SOON);
    }

    private JsonObject await(String holdId, String state, Duration limit) {
        String path = "api/holds/" + holdId;
        LauncherProcess.await(limit, "hold " + holdId + " is " + state, () -> OrderApi.json(operator.get(path))
                .getString("state")
                .equals(state));
        return OrderApi.json(operator.get(path));
    }
}
