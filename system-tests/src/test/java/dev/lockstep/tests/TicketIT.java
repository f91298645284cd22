package dev.lockstep.tests;

import static dev.lockstep.tests.LauncherProcess.await;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.JsonObject;
import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** Tickets (T1 to T4 of dev.lockstep.shop.ticket) over HTTP; every answer also keeps to the OpenAPI document. */
class TicketIT extends TicketFixture {

    private static final String JSON = "application/json";

    @Test
    void givesATicket_andCallsItsNumber() throws Exception {
        int productId = productOf(5);
        UUID ticketId = UUID.randomUUID();
        HttpResponse<String> given = tickets.take(TicketClient.json(ticketId, productId, 2, "三杯 tea ☕"));
        assertThat(given.statusCode()).isEqualTo(202);
        assertThat(given.headers().firstValue("Location")).hasValue("/api/tickets/" + ticketId);
        assertThat(OrderApi.json(given).getString("state")).isEqualTo("WAITING");

        JsonObject ready = tickets.await(ticketId, "READY");
        assertThat(ready.getInt("ticketNumber"))
                .isEqualTo(OrderApi.json(given).getInt("ticketNumber"))
                .isPositive();
        assertThat(ready.getJsonObject("order")).isEqualTo(OrderApi.json(api.get("api/orders/" + ticketId)));
        assertThat(ready.getJsonObject("order").getString("orderName")).isEqualTo("三杯 tea ☕");
        assertThat(databases.stockOf(productId)).isEqualTo(3);
    }

    @Test
    void moreThanThereIs_isSoldOutAndSaysWhatIsLeft() throws Exception {
        int productId = productOf(5);
        UUID tooMany = tickets.taken(productId, 6, "too many");
        JsonObject soldOut = tickets.await(tooMany, "SOLD_OUT");
        assertThat(soldOut.getString("reason"))
                .isEqualTo("Product " + productId + " has 5 pieces left, 6 were asked for");
        assertThat(soldOut.getString("reasonCode")).isEqualTo("OUT_OF_STOCK");
        assertThat(soldOut.getInt("available")).isEqualTo(5);
        assertThat(databases.stockOf(productId)).isEqualTo(5);
        assertThat(databases.hasOrder(tooMany)).isFalse();
    }

    /**
     * Scenario: strangers want what there is not, while the product database answers nobody. Expected outcome: each is refused at once and
     * leaves nothing, and who wants what there is has a ticket.
     */
    @Test
    void ticketsForWhatThereIsNot_areRefusedWithoutAskingTheProductDatabase_andLeaveNothing() throws Exception {
        int productId = productOf(5);
        UUID given;
        try (Connection other = databases.product().getConnection();
                Statement statement = other.createStatement()) {
            other.setAutoCommit(false);
            statement.execute("LOCK TABLE product IN ACCESS EXCLUSIVE MODE");
            for (int i = 1; i <= 50; i++) {
                HttpResponse<String> refused = tickets.take(TicketClient.json(UUID.randomUUID(), -i, 1, "of nothing"));
                assertThat(refused.statusCode()).isEqualTo(404);
                assertThat(refused.body()).contains(":unknown-product");
            }
            assertThat(api.get("api/tickets?productId=-7").statusCode()).isEqualTo(404);
            given = tickets.taken(productId, 1, "of something");
            other.rollback();
        }
        tickets.await(given, "READY");
        assertThat(Databases.count(databases.orders(), "SELECT FROM ticket WHERE product_id < 0"))
                .isZero();
        assertThat(Databases.count(databases.orders(), "SELECT FROM ticket_queue WHERE product_id < 0"))
                .isZero();
    }

    /** A product may go between the ticket and its turn. */
    @Test
    void productThatHasGone_isToldByACode() throws Exception {
        UUID ticketId = UUID.randomUUID();
        execute(
                databases.orders(),
                "INSERT INTO ticket_queue (product_id) VALUES (-7);"
                        + " INSERT INTO ticket (ticket_id, order_name, product_id, quantity) VALUES ('" + ticketId
                        + "', 'of nothing', -7, 1)");
        JsonObject soldOut = tickets.await(ticketId, "SOLD_OUT");
        assertThat(soldOut.getString("reasonCode")).isEqualTo("UNKNOWN_PRODUCT");
        assertThat(soldOut.getString("reason")).isEqualTo("There is no product -7");
        execute(databases.orders(), "DELETE FROM ticket WHERE product_id = -7");
        execute(databases.orders(), "DELETE FROM ticket_queue WHERE product_id = -7");
    }

    @Test
    void sameTicketAgain_isTheSameTicket_andOtherContentAConflict() throws Exception {
        int productId = productOf(5);
        UUID ticketId = tickets.taken(productId, 2, "once");
        assertThat(tickets.take(TicketClient.json(ticketId, productId, 2, "once"))
                        .statusCode())
                .isEqualTo(200);
        JsonObject ready = tickets.await(ticketId, "READY");
        HttpResponse<String> again = tickets.take(TicketClient.json(ticketId, productId, 2, "once"));
        assertThat(again.statusCode()).isEqualTo(200);
        assertThat(OrderApi.json(again)).isEqualTo(ready);
        HttpResponse<String> other = tickets.take(TicketClient.json(ticketId, productId, 3, "once"));
        assertThat(other.statusCode()).isEqualTo(409);
        assertThat(other.body()).contains(":ticket-id-taken");
        assertThat(api.post(OrderApi.orderJson(ticketId, productId, 2, "once")).statusCode())
                .as("an order of the same id is the ticket's")
                .isEqualTo(200);
        assertThat(databases.stockOf(productId)).isEqualTo(3);
    }

    @Test
    void whatIsNoTicket_isRefused() {
        HttpResponse<String> invalid =
                tickets.take("{\"ticketId\":\"1-1-1-1-1\",\"productId\":1,\"quantity\":0,\"orderName\":\"\"}");
        assertThat(invalid.statusCode()).isEqualTo(400);
        assertThat(invalid.body()).contains("\"ticketId\"", "\"quantity\"", "\"orderName\"");
        assertThat(api.get("api/tickets/" + UUID.randomUUID()).body()).contains(":no-such-ticket");
        assertThat(api.get("api/tickets?state=FAILED").statusCode()).isEqualTo(401);
        for (String query : List.of(
                "state=READY", "limit=0", "limit=501", "limit=x", "before=0", "from=2147483648", "productId=")) {
            assertThat(api.get("api/tickets?" + query).statusCode()).as(query).isEqualTo(400);
        }
        for (String act : List.of("retry", "refuse")) {
            HttpResponse<String> anonymous = api.post(
                    "api/tickets/" + UUID.randomUUID() + "/" + act, "{\"reason\":\"no\"}".getBytes(UTF_8), JSON);
            assertThat(anonymous.statusCode()).isEqualTo(401);
        }
    }

    /** A client whose answer got lost asks while its ticket is still being written. */
    @Test
    void ticketUnderWay_isNeitherFoundNorNotFound() throws Exception {
        UUID ticketId = UUID.randomUUID();
        try (Connection other = databases.orders().getConnection();
                Statement statement = other.createStatement()) {
            other.setAutoCommit(false);
            statement.execute("INSERT INTO ticket (ticket_id, order_name, product_id, quantity) VALUES ('" + ticketId
                    + "', 'under way', 1, 1)");
            HttpResponse<String> asked = api.get("api/tickets/" + ticketId);
            assertThat(asked.statusCode()).isEqualTo(202);
            assertThat(asked.headers().firstValue("Retry-After")).isPresent();
            other.rollback();
        }
        assertThat(api.get("api/tickets/" + ticketId).statusCode()).isEqualTo(404);
    }

    /** Scenario: all clerks wait for the database, and a client whose wish waits for a clerk asks for its ticket. */
    @Test
    void wishThatWaitsForAClerk_isNeitherFoundNorNotFound() throws Exception {
        int productId = productOf(5);
        ExecutorService clients = Executors.newFixedThreadPool(3);
        try (Connection other = databases.orders().getConnection();
                Statement statement = other.createStatement()) {
            other.setAutoCommit(false);
            List<Future<Integer>> answers = new ArrayList<>();
            for (int clerk = 1; clerk <= 2; clerk++) {
                UUID blocked = UUID.randomUUID();
                statement.execute("INSERT INTO ticket (ticket_id, order_name, product_id, quantity) VALUES ('" + blocked
                        + "', 'under way', 1, 1)");
                answers.add(clients.submit(() -> tickets.take(TicketClient.json(blocked, productId, 1, "blocked"))
                        .statusCode()));
                int busy = clerk;
                await(LIMIT, "a clerk waits", () -> waitingStatements() == busy);
            }
            UUID waiting = UUID.randomUUID();
            answers.add(clients.submit(() -> tickets.take(TicketClient.json(waiting, productId, 1, "waiting"))
                    .statusCode()));
            await(
                    LIMIT,
                    "the wish is under way",
                    () -> api.get("api/tickets/" + waiting).statusCode() == 202);
            other.rollback();
            for (Future<Integer> answer : answers) {
                assertThat(answer.get()).isEqualTo(202);
            }
            assertThat(tickets.awaitEnd(waiting)).isEqualTo("READY");
        } finally {
            clients.shutdown();
        }
    }

    private int waitingStatements() {
        try {
            return Databases.count(
                    databases.orders(),
                    "SELECT FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND query LIKE '%INSERT INTO ticket %'");
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void whoWaits_isToldWithoutAsking() throws Exception {
        int productId = productOf(5);
        UUID ticketId;
        Iterator<String> events;
        try (HeldQueue held = new HeldQueue(databases, productId)) {
            tickets.taken(productId, 1, "the first");
            ticketId = tickets.taken(productId, 1, "the second");
            assertThat(tickets.ticket(ticketId).getInt("place")).isEqualTo(2);
            JsonObject overview = OrderApi.json(api.get("api/tickets?productId=" + productId));
            assertThat(overview.getInt("waiting")).isGreaterThanOrEqualTo(2);
            assertThat(overview.getJsonArray("queues").getValuesAs(JsonObject.class))
                    .singleElement()
                    .satisfies(queue -> assertThat(queue.getInt("waiting")).isEqualTo(2));
            HttpResponse<String> first = api.get("api/tickets?limit=1&from=" + productId);
            assertThat(first.body()).contains("\"productId\":" + productId);
            assertThat(OrderApi.json(first).getInt("products")).isPositive();
            events = HttpClient.newHttpClient()
                    .send(api.request("api/tickets/" + ticketId + "/events").build(), BodyHandlers.ofLines())
                    .body()
                    .filter(line -> line.startsWith("data: {\"ticketId\""))
                    .iterator();
            assertThat(events.next()).contains("\"WAITING\"", "\"place\":2");
            held.release();
        }
        List<String> then = new ArrayList<>();
        events.forEachRemaining(then::add); // the stream ends with the ticket
        assertThat(then.get(then.size() - 1)).contains("\"READY\"", "\"order\":{");
    }

    @Test
    void fullQueue_takesNoMoreForAWhile() throws Exception {
        int productId = productOf(1);
        String given = TicketClient.json(UUID.randomUUID(), productId, 1, "given before");
        tickets.take(given);
        execute(
                databases.orders(),
                "INSERT INTO ticket (ticket_id, order_name, product_id, quantity, retry_at) SELECT gen_random_uuid(), 'paused', "
                        + productId + ", 1, now() + interval '50 seconds' FROM generate_series(1, 1000)");
        await(
                LIMIT,
                "the queue is full",
                () -> tickets.take(TicketClient.json(UUID.randomUUID(), productId, 1, "perhaps"))
                                .statusCode()
                        == 429);
        HttpResponse<String> refused = tickets.take(TicketClient.json(UUID.randomUUID(), productId, 1, "no"));
        assertThat(refused.body()).contains(":queue-full", "1000");
        assertThat(Integer.parseInt(refused.headers().firstValue("Retry-After").orElseThrow()))
                .isBetween(1, 60);
        assertThat(tickets.take(given).statusCode()).as("a repetition").isEqualTo(200);
        execute(databases.orders(), "DELETE FROM ticket WHERE order_name = 'paused' AND product_id = " + productId);
        await(
                LIMIT,
                "there is room again",
                () -> tickets.take(TicketClient.json(UUID.randomUUID(), productId, 1, "later"))
                                .statusCode()
                        == 202);
    }

    @Test
    void sameTicketFrom16Clients_isOneTicket() throws Exception {
        int productId = productOf(100);
        UUID ticketId = UUID.randomUUID();
        String ticket = TicketClient.json(ticketId, productId, 1, "one of 16");
        List<Integer> answers = InParallel.run(
                Collections.nCopies(16, () -> tickets.take(ticket).statusCode()));
        assertThat(answers).filteredOn(status -> status == 202).hasSize(1);
        assertThat(answers).filteredOn(status -> status == 200).hasSize(15);
        tickets.await(ticketId, "READY");
        assertThat(databases.stockOf(productId)).isEqualTo(99);
        assertThat(databases.ordersOf(productId)).isEqualTo(1);
    }

    /** Scenario: orders have the ids of tickets, one before its ticket was asked for, one since. Expected outcome: neither bothers anybody. */
    @Test
    void ticketWithTheIdOfAnOrder_isNotGiven_orEndsByItself() throws Exception {
        int productId = productOf(5);
        UUID ordered = UUID.randomUUID();
        assertThat(api.post(OrderApi.orderJson(ordered, productId, 1, "the order"))
                        .statusCode())
                .isEqualTo(201);
        HttpResponse<String> refused = tickets.take(TicketClient.json(ordered, productId, 2, "the ticket"));
        assertThat(refused.statusCode()).isEqualTo(409);
        assertThat(refused.body()).contains(":ticket-id-taken");

        UUID overtaken;
        try (HeldQueue held = new HeldQueue(databases, productId)) {
            overtaken = tickets.taken(productId, 2, "the ticket");
            execute(
                    databases.product(),
                    "INSERT INTO ticket_stock VALUES (" + productId + ", 0, 2);" + "INSERT INTO ticket_taking VALUES ('"
                            + overtaken + "', " + productId + ", 2);"
                            + "UPDATE product SET product_nums = product_nums - 2 WHERE product_id = " + productId);
            assertThat(api.post(OrderApi.orderJson(overtaken, productId, 1, "the order"))
                            .statusCode())
                    .isEqualTo(201);
            held.release();
        }
        JsonObject ended = tickets.await(overtaken, "SOLD_OUT");
        assertThat(ended.getString("reasonCode")).isEqualTo("ID_TAKEN");
        assertThat(databases.stockOf(productId)).as("what it had is back").isEqualTo(3);
    }
}
