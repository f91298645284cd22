package dev.lockstep.tests;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.JsonObject;
import java.io.IOException;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Orders that come while all lanes are taken: they wait without a thread and share a commit, and nobody is harmed by his neighbour. */
class SharedCommitIT extends OrderApiFixture {

    /** More than the server has threads for requests. */
    private static final int MANY = 60;

    private HeldLanes lanes;

    @BeforeEach
    void everybodyHasToWait() throws SQLException {
        lanes = new HeldLanes(api, databases);
    }

    @AfterEach
    void letGo() throws SQLException {
        lanes.close();
    }

    private static JsonObject answer(CompletableFuture<HttpResponse<String>> order) throws Exception {
        return OrderApi.json(order.get(20, TimeUnit.SECONDS));
    }

    private static int status(CompletableFuture<HttpResponse<String>> order) throws Exception {
        return order.get(20, TimeUnit.SECONDS).statusCode();
    }

    private JsonObject transactionOf(UUID ofOrder) {
        return OrderApi.json(api.get("api/transactions?order=" + ofOrder))
                .getJsonArray("transactions")
                .getJsonObject(0);
    }

    private String transactionOf(HttpResponse<String> placed) {
        return transactionOf(UUID.fromString(OrderApi.json(placed).getString("orderId")))
                .getString("globalId");
    }

    @Test
    void ordersThatWaitTogether_areCommittedTogether_andHoldNoThread() throws Exception {
        int productId = databases.productOf(1000);
        List<CompletableFuture<HttpResponse<String>>> orders = lanes.orders(MANY, productId);
        assertThat(api.get("api/products?id=1").statusCode())
                .as("a thread is free")
                .isEqualTo(200);
        lanes.release();
        for (CompletableFuture<HttpResponse<String>> order : orders) {
            assertThat(status(order)).isEqualTo(201);
            assertThat(order.get().headers().firstValue("Location")).isPresent();
        }
        Set<String> transactions =
                orders.stream().map(order -> transactionOf(order.join())).collect(Collectors.toSet());
        assertThat(transactions).hasSize(1);
        assertThat(databases.stockOf(productId)).isEqualTo(1000 - MANY);
        assertThat(databases.ordersOf(productId)).isEqualTo(MANY);

        JsonObject told = api.transaction(transactions.iterator().next());
        assertThat(told.getInt("subjectCount")).isEqualTo(MANY);
        assertThat(told.getJsonArray("orders")).hasSize(MANY);
        assertThat(told.getInt("answer")).isEqualTo(201);
        Healed.await(databases);
    }

    /** First come, first served. One of them is told "no", whatever the others are told; an order that is written is told again. */
    @Test
    void whoIsRefused_harmsNobodyWhoSharesTheCommit() throws Exception {
        int productId = databases.productOf(5);
        int gone = databases.productOf(9);
        UUID earlier = UUID.randomUUID();
        UUID good = UUID.randomUUID();
        UUID refused = UUID.randomUUID();
        execute(databases.orders(), written(earlier, productId));
        CompletableFuture<HttpResponse<String>> first = next(lanes.order(orderId, productId, 3, "first"));
        CompletableFuture<HttpResponse<String>> tooMany = next(lanes.order(refused, productId, 3, "too many"));
        CompletableFuture<HttpResponse<String>> unknown = next(lanes.order(UUID.randomUUID(), -7, 1, "of nothing"));
        CompletableFuture<HttpResponse<String>> again = next(lanes.order(earlier, productId, 1, "earlier"));
        CompletableFuture<HttpResponse<String>> taken = next(lanes.order(UUID.randomUUID(), gone, 9, "all"));
        CompletableFuture<HttpResponse<String>> conflict =
                next(lanes.order(earlierOf(productId), productId, 2, "other"));
        CompletableFuture<HttpResponse<String>> last = next(lanes.order(good, productId, 2, "last"));
        lanes.release();
        assertThat(status(first)).isEqualTo(201);
        assertThat(answer(tooMany).getInt("available")).isEqualTo(2);
        assertThat(status(unknown)).isEqualTo(404);
        assertThat(status(again)).isEqualTo(200);
        assertThat(status(taken)).isEqualTo(201);
        assertThat(answer(conflict).getString("type")).endsWith(":order-id-taken");
        assertThat(status(last)).isEqualTo(201);
        assertThat(transactionOf(good).getString("globalId"))
                .as("they shared a commit")
                .isEqualTo(transactionOf(orderId).getString("globalId"));
        assertThat(OrderApi.json(api.get("api/transactions?order=" + refused)).getJsonArray("transactions"))
                .as("who is refused has no part in what the others commit")
                .isEmpty();
        assertThat(databases.stockOf(productId)).isZero();
        assertThat(databases.stockOf(gone)).isZero();
        Healed.await(databases);
    }

    private UUID earlierOf(int productId) throws SQLException {
        UUID earlier = UUID.randomUUID();
        execute(databases.orders(), written(earlier, productId));
        return earlier;
    }

    private static String written(UUID orderId, int productId) {
        return "INSERT INTO customer_order VALUES ('" + orderId + "', 'earlier', now(), " + productId + ", 1)";
    }

    /** Returns when it waits behind those before it. */
    private CompletableFuture<HttpResponse<String>> next(CompletableFuture<HttpResponse<String>> order) {
        return next(order, ++expected);
    }

    private CompletableFuture<HttpResponse<String>> next(CompletableFuture<HttpResponse<String>> order, int waiting) {
        lanes.awaitWaiting(waiting);
        return order;
    }

    private int expected;

    /** The database refuses one statement for all of them, and nothing tells whose fault that is. */
    @Test
    void valueThatADatabaseRefuses_isRefused_andTheOthersAreCommitted(RunningShop shop) throws Exception {
        int productId = databases.productOf(5);
        execute(
                shop.owner("orders"),
                "ALTER TABLE customer_order ADD CONSTRAINT no_such_name CHECK (order_name <> 'refused')");
        try {
            CompletableFuture<HttpResponse<String>> first = next(lanes.order(orderId, productId, 1, "first"));
            CompletableFuture<HttpResponse<String>> refused =
                    next(lanes.order(UUID.randomUUID(), productId, 1, "refused"));
            CompletableFuture<HttpResponse<String>> last = next(lanes.order(UUID.randomUUID(), productId, 4, "last"));
            lanes.release();
            assertThat(status(first)).isEqualTo(201);
            assertThat(answer(refused).getString("sqlState")).isEqualTo("23514");
            assertThat(status(last)).isEqualTo(201);
        } finally {
            execute(shop.owner("orders"), "ALTER TABLE customer_order DROP CONSTRAINT no_such_name");
        }
        assertThat(databases.stockOf(productId)).isZero();
        Healed.await(databases);
    }

    @Test
    void repeatedOrder_whoseFirstRequestWaits_isOneOrder() throws Exception {
        int productId = databases.productOf(5);
        String json = OrderApi.orderJson(orderId, productId, 1, "once");
        CompletableFuture<HttpResponse<String>> first = next(lanes.order(json));
        HttpResponse<String> second = api.post(json);
        assertThat(second.body()).contains(":outcome-unknown");
        assertThat(second.headers().firstValue("Location")).hasValue("/api/orders/" + orderId);
        assertThat(api.get("api/orders/" + orderId).statusCode()).isEqualTo(202);
        lanes.release();
        assertThat(status(first)).isEqualTo(201);
        assertThat(api.post(json).statusCode()).isEqualTo(200);
        assertThat(databases.stockOf(productId)).isEqualTo(4);
    }

    /** His request has ended when he hears, so he is not told that it is under way. */
    @Test
    void whoRepeatsHisOrderAsSoonAsHeHears_isToldOfItAgain() throws Exception {
        int productId = databases.productOf(1000);
        List<CompletableFuture<HttpResponse<String>>> again = Stream.generate(
                        () -> OrderApi.orderJson(UUID.randomUUID(), productId, 1, "at once again"))
                .limit(MANY)
                .map(json -> lanes.order(json).thenCompose(placed -> lanes.order(json)))
                .toList();
        lanes.awaitWaiting(MANY);
        lanes.release();
        for (CompletableFuture<HttpResponse<String>> order : again) {
            assertThat(status(order)).isEqualTo(200);
        }
        assertThat(databases.ordersOf(productId)).isEqualTo(MANY);
    }

    @Test
    void fullQueue_refusesAtOnce_andSaysNothingOfAnEarlierRequest() throws Exception {
        int productId = databases.productOf(1000);
        List<CompletableFuture<HttpResponse<String>>> orders = lanes.orders(AtTheShop.ORDER_QUEUE_MAX, productId);
        HttpResponse<String> busy = api.post(OrderApi.orderJson(orderId, productId, 1, "one too many"));
        assertThat(busy.statusCode()).isEqualTo(503);
        assertThat(busy.body()).contains(":busy", "this request has changed nothing");
        assertThat(busy.headers().firstValue("Retry-After")).isPresent();
        assertThat(api.get("api/orders/" + orderId).statusCode()).isEqualTo(404);
        lanes.release();
        for (CompletableFuture<HttpResponse<String>> order : orders) {
            assertThat(status(order)).isEqualTo(201);
        }
        assertThat(api.post(OrderApi.orderJson(orderId, productId, 1, "one too many"))
                        .statusCode())
                .isEqualTo(201);
    }

    /** Payara does not notice it, so its order is placed, and nobody else is harmed by the answer that nobody takes. */
    @Test
    void clientThatHangsUp_findsItsOrder(RunningShop shop) throws Exception {
        int productId = databases.productOf(5);
        String json = OrderApi.orderJson(orderId, productId, 1, "hung up");
        try (Socket client = new Socket(shop.url().getHost(), shop.url().getPort())) {
            client.getOutputStream().write(request(json));
            lanes.awaitWaiting(1);
        }
        CompletableFuture<HttpResponse<String>> neighbour = lanes.order(UUID.randomUUID(), productId, 2, "neighbour");
        lanes.awaitWaiting(2);
        lanes.release();
        assertThat(status(neighbour)).isEqualTo(201);
        assertThat(api.post(json).statusCode()).isEqualTo(200);
        assertThat(databases.stockOf(productId)).isEqualTo(2);
    }

    /** What he sends behind his order takes ten seconds; it must not be served by the thread that has to answer the others. */
    @Test
    void whoSendsAnotherOrderBehind_keepsNobodyFromHisAnswer(RunningShop shop) throws Exception {
        int productId = databases.productOf(5);
        int kept = databases.productOf(5);
        try (Socket client = new Socket(shop.url().getHost(), shop.url().getPort());
                Connection keeper = databases.product().getConnection()) {
            keeper.setAutoCommit(false);
            try (Statement statement = keeper.createStatement()) {
                statement.execute("SELECT FROM product WHERE product_id = " + kept + " FOR UPDATE");
            }
            byte[] first = request(OrderApi.orderJson(orderId, productId, 1, "first"));
            byte[] second = request(OrderApi.orderJson(UUID.randomUUID(), kept, 1, "second"));
            byte[] both = Arrays.copyOf(first, first.length + second.length);
            System.arraycopy(second, 0, both, first.length, second.length);
            client.getOutputStream().write(both);
            lanes.awaitWaiting(1);
            CompletableFuture<HttpResponse<String>> neighbour =
                    next(lanes.order(UUID.randomUUID(), productId, 2, "neighbour"), 2);
            lanes.release();
            assertThat(neighbour.get(5, TimeUnit.SECONDS).statusCode()).isEqualTo(201);
            assertThat(transactionOf(orderId).getString("globalId")).isEqualTo(transactionOf(neighbour.get()));
            keeper.rollback();
        }
    }

    private static byte[] request(String json) throws IOException {
        byte[] body = json.getBytes(UTF_8);
        return ("POST /api/orders HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\nContent-Length: "
                        + body.length + "\r\n\r\n" + json)
                .getBytes(UTF_8);
    }

    private static void execute(DataSource database, String sql) throws SQLException {
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
