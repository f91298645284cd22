package dev.lockstep.tests;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever a client repeats, and whoever buys at the same time: one order, the pieces that there are, and no false "no". */
@ExtendWith(AtTheShop.class)
class RepeatedOrderIT {

    private Databases databases;
    private OrderApi api;
    private UUID orderId;

    @BeforeEach
    void freshOrder(OrderApi shopsApi, Databases shopsDatabases) {
        api = shopsApi;
        databases = shopsDatabases;
        orderId = UUID.randomUUID();
    }

    @Test
    void sameOrderAgain_isTheSameOrderAndTakesNoStock() throws Exception {
        int productId = databases.productOf(5);
        HttpResponse<String> first = api.post(OrderApi.orderJson(orderId, productId, 2, "once"));
        HttpResponse<String> second = api.post(OrderApi.orderJson(orderId, productId, 2, "once"));
        assertThat(second.statusCode()).isEqualTo(200);
        assertThat(second.body()).isEqualTo(first.body());
        assertThat(databases.stockOf(productId)).isEqualTo(3);
    }

    @Test
    void sameIdWithOtherContent_isAConflict() throws Exception {
        int productId = databases.productOf(5);
        api.post(OrderApi.orderJson(orderId, productId, 2, "once"));
        HttpResponse<String> other = api.post(OrderApi.orderJson(orderId, productId, 3, "once"));
        assertThat(other.statusCode()).isEqualTo(409);
        assertThat(other.body()).contains(":order-id-taken");
        assertThat(databases.stockOf(productId)).isEqualTo(3);
    }

    /** A row in a prepared branch is invisible to a plain read: "not found" would be a lie. */
    @Test
    void orderInDoubt_isNeitherFoundNorNotFound() throws Exception {
        int productId = databases.productOf(5);
        prepareOrder(productId);
        try {
            HttpResponse<String> doubt = api.get("api/orders/" + orderId);
            assertThat(doubt.statusCode()).isEqualTo(202);
            assertThat(doubt.headers().firstValue("Retry-After")).isPresent();

            HttpResponse<String> soldOut = api.post(OrderApi.orderJson(orderId, productId, 6, "prepared"));
            assertThat(soldOut.statusCode()).isEqualTo(503);
            assertThat(soldOut.body()).contains(":outcome-unknown");
            assertThat(soldOut.headers().firstValue("Location")).hasValue("/api/orders/" + orderId);

            HttpResponse<String> repeated = api.post(OrderApi.orderJson(orderId, productId, 1, "prepared"));
            assertThat(repeated.statusCode()).isEqualTo(503);
            assertThat(repeated.body()).contains(":outcome-unknown");
            assertThat(databases.stockOf(productId)).isEqualTo(5);
        } finally {
            execute("COMMIT PREPARED 'in doubt " + orderId + "'");
        }
        assertThat(api.get("api/orders/" + orderId).statusCode()).isEqualTo(200);
        assertThat(api.post(OrderApi.orderJson(orderId, productId, 1, "prepared"))
                        .statusCode())
                .isEqualTo(200);
    }

    @Test
    void ordersRolledBackAfterDoubt_areNotFound() throws Exception {
        prepareOrder(databases.productOf(5));
        execute("ROLLBACK PREPARED 'in doubt " + orderId + "'");
        assertThat(api.get("api/orders/" + orderId).statusCode()).isEqualTo(404);
    }

    @Test
    void concurrentBuyersOf50Pieces_buyExactly50() throws Exception {
        int productId = databases.productOf(50);
        List<Integer> answers = InParallel.run(
                Collections.nCopies(64, () -> api.post(OrderApi.orderJson(UUID.randomUUID(), productId, 1, "one of 64"))
                        .statusCode()));
        assertThat(answers).filteredOn(status -> status == 201).hasSize(50);
        assertThat(answers).filteredOn(status -> status == 409).hasSize(14);
        assertThat(databases.stockOf(productId)).isZero();
        assertThat(databases.ordersOf(productId)).isEqualTo(50);
        Healed.await(databases);
    }

    @Test
    void takes500OrdersFrom16Clients_toThePiece() throws Exception {
        int productId = databases.productOf(1_000_000);
        ExecutorService clients = Executors.newFixedThreadPool(16);
        List<Future<Integer>> answers = new ArrayList<>();
        for (int i = 0; i < 500; i++) {
            int quantity = 1 + i % 3;
            answers.add(clients.submit(
                    () -> api.post(OrderApi.orderJson(UUID.randomUUID(), productId, quantity, "one of 500"))
                            .statusCode()));
        }
        for (Future<Integer> answer : answers) {
            assertThat(answer.get()).isEqualTo(201);
        }
        clients.shutdown();

        assertThat(databases.ordersOf(productId)).isEqualTo(500);
        assertThat(1_000_000 - databases.stockOf(productId)).isEqualTo(databases.orderedOf(productId));
        Healed.await(databases);
    }

    /** Of clients that send the same at the same time, those that come too early are told where to ask. */
    @ParameterizedTest
    @ValueSource(ints = {1, 100})
    void theSameOrderFrom16Clients_isOneOrder(int stock) throws Exception {
        int productId = databases.productOf(stock);
        String order = OrderApi.orderJson(orderId, productId, 1, "one of 16");
        List<Integer> answers = InParallel.run(Collections.nCopies(16, () -> untilKnown(order)));
        assertThat(answers).filteredOn(status -> status == 201).hasSize(1);
        assertThat(answers).filteredOn(status -> status == 200).hasSize(15);
        assertThat(databases.stockOf(productId)).isEqualTo(stock - 1);
        assertThat(databases.ordersOf(productId)).isEqualTo(1);
    }

    private int untilKnown(String order) {
        HttpResponse<String> response = api.post(order);
        while (response.statusCode() == 503) {
            assertThat(response.body()).contains(":outcome-unknown");
            response = api.post(order);
        }
        return response.statusCode();
    }

    /** A client whose answer got lost asks while its order still waits for a row that another transaction holds. */
    @Test
    void orderUnderWay_isNeitherFoundNorNotFound() throws Exception {
        int productId = databases.productOf(5);
        String order = OrderApi.orderJson(orderId, productId, 1, "under way");
        ExecutorService client = Executors.newSingleThreadExecutor();
        try (Connection other = databases.product().getConnection();
                Statement statement = other.createStatement()) {
            other.setAutoCommit(false);
            statement.execute("SELECT 1 FROM product WHERE product_id = " + productId + " FOR UPDATE");
            Future<Integer> first = client.submit(() -> api.post(order).statusCode());
            LauncherProcess.await(
                    Duration.ofSeconds(30),
                    "the order is under way",
                    () -> api.get("api/orders/" + orderId).statusCode() == 202);
            assertThat(api.post(order).body()).contains(":outcome-unknown");
            other.rollback();
            assertThat(first.get()).isEqualTo(201);
            assertThat(api.get("api/orders/" + orderId).statusCode()).isEqualTo(200);
        } finally {
            client.shutdown();
        }
    }

    private void prepareOrder(int productId) throws Exception {
        try (Connection connection = databases.orders().getConnection();
                Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            statement.execute(
                    "INSERT INTO customer_order VALUES ('" + orderId + "', 'prepared', now(), " + productId + ", 1)");
            statement.execute("PREPARE TRANSACTION 'in doubt " + orderId + "'");
            connection.commit();
        }
    }

    private void execute(String sql) throws Exception {
        try (Connection connection = databases.orders().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
