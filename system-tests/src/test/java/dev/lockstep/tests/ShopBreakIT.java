package dev.lockstep.tests;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import java.io.UncheckedIOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Break it (D1 to D3 of dev.lockstep.lab.breaking): a whole server in demo mode, killed by its own page's means, and healed by its launcher. */
class ShopBreakIT {

    private static final Duration HEAL_LIMIT = Duration.ofMinutes(3);
    private static final int STOCK = 5000;

    @RegisterExtension
    static final AtTheShop SHOP = AtTheShop.inDemoMode();

    private RunningShop shop;
    private OrderApi api;
    private int productId;

    @BeforeEach
    void stockProduct(RunningShop running) throws SQLException {
        shop = running;
        api = shop.api();
        productId = shop.databases().productOf(STOCK);
    }

    /**
     * Scenario: the parts named die at the point named. Expected outcome: decided is what the commit point's database has committed; the
     * client is told the same in the end, the books balance, nothing is in doubt, and the operator is still logged in.
     */
    @ParameterizedTest
    @CsvSource({
        "orders, AFTER_SECOND_PREPARE, true",
        "payara, AFTER_DECISION, true",
        "product orders, AFTER_FIRST_PREPARE, false",
    })
    void killedAtAPoint_healsToOneOutcome(String victims, String at, boolean isPlaced) throws Exception {
        killed(victims, at, isPlaced);
    }

    @Tag("slow")
    @ParameterizedTest
    @CsvSource({
        "payara, BEFORE_DECISION, false",
        "payara product orders, AFTER_DECISION, true",
    })
    void morePartsAtMorePoints_healToOneOutcome(String victims, String at, boolean isPlaced) throws Exception {
        killed(victims, at, isPlaced);
    }

    private void killed(String victims, String at, boolean isPlaced) throws Exception {
        UUID orderId = UUID.randomUUID();
        OperatorClient operator = shop.operator();
        assertThat(operator.post("api/breaks", plan(victims, at, orderId)).statusCode())
                .isEqualTo(204);
        assertThat(operator.get("api/breaks").body()).contains(at, orderId.toString());

        int killedBefore = killed();
        List<String> back = Stream.of(victims.split(" ", -1))
                .map(victim -> (victim.equals("payara") ? "Payara Micro" : "PostgreSQL (" + victim + ")") + " is back")
                .toList();
        List<Integer> backBefore = back.stream().map(this::said).toList();
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
        for (int i = 0; i < back.size(); i++) {
            String words = back.get(i);
            int before = backBefore.get(i);
            LauncherProcess.await(HEAL_LIMIT, words, () -> said(words) > before);
        }
        LauncherProcess.await(HEAL_LIMIT, "the order is " + isPlaced, () -> ask(orderId) == (isPlaced ? 200 : 404));
        LauncherProcess.await(
                HEAL_LIMIT, "orders again", () -> place(UUID.randomUUID()).equals(Optional.of(201)));
        assertThat(operator.session().isNull("operator")).isFalse();
        assertBooksBalance();
    }

    @Test
    void onlyAnOperatorBreaksIt_andOnlyWhatThereIs() {
        String plan = plan("payara", "AFTER_WORK", UUID.randomUUID());
        assertThat(new OperatorClient(api).post("api/breaks", plan).statusCode())
                .isEqualTo(401);
        OperatorClient operator = shop.operator();
        assertThat(operator.session().getBoolean("demo")).isTrue();
        assertThat(operator.post("api/breaks", "{\"victims\":[\"launcher\"],\"at\":\"NEVER\"}")
                        .body())
                .contains("\"victims\"", "[product, orders, payara]", "\"at\"", "AFTER_DECISION");
    }

    /** Scenario: all lanes are taken, others wait, and somebody orders what is to be broken. Expected outcome: it is struck, and nobody with it. */
    @Test
    void orderThatIsToBeBroken_sharesNoCommit() throws Exception {
        UUID orderId = UUID.randomUUID();
        int killedBefore = killed();
        assertThat(shop.operator()
                        .post("api/breaks", plan("orders", "AFTER_SECOND_PREPARE", orderId))
                        .statusCode())
                .isEqualTo(204);
        CompletableFuture<HttpResponse<String>> broken;
        List<CompletableFuture<HttpResponse<String>>> others;
        try (HeldLanes lanes = new HeldLanes(api, shop.databases())) {
            others = lanes.orders(2, productId);
            broken = lanes.order(orderId, productId, 1, "to be broken");
            LauncherProcess.await(
                    HEAL_LIMIT, "struck, or waiting", () -> killed() > killedBefore || lanes.waiting() > others.size());
        }
        assertThat(broken.get(HEAL_LIMIT.toSeconds(), TimeUnit.SECONDS).statusCode())
                .isEqualTo(201);
        assertThat(OrderApi.json(api.get("api/transactions?order=" + orderId))
                        .getJsonArray("transactions")
                        .getJsonObject(0)
                        .getJsonArray("subjects"))
                .hasSize(1);
        for (CompletableFuture<HttpResponse<String>> other : others) {
            other.get(
                    HEAL_LIMIT.toSeconds(),
                    TimeUnit.SECONDS); // whose database was killed meanwhile, and who may hear so
        }
        assertBooksBalance();
    }

    @Test
    void planThatIsForgotten_breaksNothing() {
        OperatorClient operator = shop.operator();
        UUID orderId = UUID.randomUUID();
        operator.post("api/breaks", plan("payara product orders", "BEFORE_DECISION", orderId));
        assertThat(operator.delete("api/breaks").statusCode()).isEqualTo(204);
        assertThat(operator.get("api/breaks").body()).isEqualTo("{}");
        assertThat(place(orderId)).hasValue(201);
    }

    /** A plan for one order leaves another one whole. */
    @Test
    void otherOrders_areNotBroken() {
        OperatorClient operator = shop.operator();
        operator.post("api/breaks", plan("payara", "BEFORE_DECISION", UUID.randomUUID()));
        assertThat(place(UUID.randomUUID())).hasValue(201);
        assertThat(operator.get("api/breaks").body()).contains("BEFORE_DECISION");
        operator.delete("api/breaks");
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

    private int killed() {
        return said("ended with code 137");
    }

    /** How often the launcher has said so. */
    private int said(String words) {
        return shop.launcher().output().split(Pattern.quote(words), -1).length - 1;
    }

    /** The status of the answer, or empty if there was none. */
    private Optional<Integer> place(UUID orderId) {
        try {
            HttpResponse<String> answer = api.send(api.request("api/orders")
                    .header("Content-Type", "application/json")
                    .POST(BodyPublishers.ofString(OrderApi.orderJson(orderId, productId, 1, "killed on its way"))));
            return Optional.of(answer.statusCode());
        } catch (UncheckedIOException e) {
            return Optional.empty();
        }
    }

    private int ask(UUID orderId) {
        try {
            HttpResponse<String> answer = api.send(api.request("api/orders/" + orderId));
            boolean isOfPayara = answer.statusCode() == 404 && !answer.body().contains(":problem:no-such-order");
            return isOfPayara ? 0 : answer.statusCode();
        } catch (UncheckedIOException e) {
            return 0;
        }
    }

    private void assertBooksBalance() throws SQLException {
        Databases databases = shop.databases();
        Healed.await(databases);
        assertThat(STOCK - databases.stockOf(productId)).isEqualTo(databases.orderedOf(productId));
        assertThat(databases.isLocked(productId)).isFalse();
    }
}
