package dev.lockstep.tests;

import static dev.lockstep.tests.LauncherProcess.await;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;

/** How tickets are served (T2 to T4 of dev.lockstep.shop.ticket): in their order, each once, and those that fail alone. */
class TicketServingIT extends TicketFixture {

    /** With its last attempt, the fourth, too, a ticket gets a pause: of 0.5 s times 2 to the third. */
    private static final String READY_BEFORE_FAILED =
            "SELECT FROM ticket AS ready JOIN ticket AS failed USING (product_id) WHERE product_id = ? AND ready.state = 'READY'"
                    + " AND failed.state = 'FAILED' AND ready.ended_at < failed.retry_at - interval '4 seconds'";

    @Test
    void buyersOfBothWorlds_buyThe50PiecesThatThereAre() throws Exception {
        int productId = productOf(50);
        Callable<Boolean> orders = () -> api.post(OrderApi.orderJson(UUID.randomUUID(), productId, 1, "now"))
                        .statusCode()
                == 201;
        Callable<Boolean> takes =
                () -> tickets.awaitEnd(tickets.taken(productId, 1, "later")).equals("READY");
        List<Callable<Boolean>> buyers = new ArrayList<>();
        for (int i = 0; i < 32; i++) {
            buyers.add(orders);
            buyers.add(takes);
        }
        List<Boolean> bought = InParallel.run(buyers);
        assertThat(bought).filteredOn(isBought -> isBought).hasSize(50);
        assertThat(databases.stockOf(productId)).isZero();
        assertThat(databases.ordersOf(productId)).isEqualTo(50);
        Healed.await(databases);
    }

    /** More than a batch, so that the order of batches is tried, too. */
    @Test
    void firstCome_isFirstServed() throws Exception {
        int productId = productOf(231);
        List<UUID> inLine = new ArrayList<>();
        UUID tooMany;
        UUID behind;
        try (HeldQueue held = new HeldQueue(databases, productId)) {
            for (int i = 0; i < 230; i++) {
                inLine.add(tickets.taken(productId, 1, "in line"));
            }
            tooMany = tickets.taken(productId, 2, "one is left");
            behind = tickets.taken(productId, 1, "behind");
            inLine.add(behind);
            inLine.add(tickets.taken(productId, 1, "the last"));
            held.release();
        }
        assertThat(tickets.awaitEnd(inLine.remove(231))).isEqualTo("SOLD_OUT");
        assertThat(inLine).allMatch(ticket -> tickets.state(ticket).equals("READY"));
        assertThat(tickets.state(tooMany)).isEqualTo("SOLD_OUT");
        assertThat(databases.stockOf(productId)).isZero();
    }

    /**
     * Scenario: two tickets in the middle of a batch cannot become orders. Expected outcome: the others are READY before these FAILED; an
     * operator retries one when the cause is gone, and refuses the other, whose pieces come back.
     */
    @Test
    void poison_failsAlone_andAnOperatorDecides() throws Exception {
        int productId = productOf(20);
        execute(shop.owner("orders"), """
                CREATE FUNCTION poison() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'poisoned'; END $$;
                CREATE TRIGGER poison BEFORE INSERT ON customer_order FOR EACH ROW WHEN (NEW.order_name = 'poison')
                EXECUTE FUNCTION poison()""");
        List<UUID> good = new ArrayList<>();
        UUID retried;
        UUID refused;
        try (HeldQueue held = new HeldQueue(databases, productId)) {
            good.add(tickets.taken(productId, 1, "before"));
            retried = tickets.taken(productId, 2, "poison");
            good.add(tickets.taken(productId, 1, "between"));
            refused = tickets.taken(productId, 3, "poison");
            good.add(tickets.taken(productId, 1, "behind"));
            held.release();
        }
        good.forEach(ticket -> tickets.await(ticket, "READY"));
        assertThat(tickets.await(retried, "FAILED").getString("reason")).contains("poisoned");
        assertThat(tickets.ticket(retried).getString("reasonCode")).isEqualTo("REJECTED");
        assertThat(tickets.await(refused, "FAILED").getInt("attempts")).isEqualTo(AtTheShop.TICKET_ATTEMPTS);
        assertThat(Databases.count(databases.orders(), READY_BEFORE_FAILED, productId))
                .as("each good one was READY before each of the others FAILED")
                .isEqualTo(good.size() * 2);
        assertThat(databases.stockOf(productId)).as("theirs are in flight").isEqualTo(20 - 3 - 2 - 3);

        execute(shop.owner("orders"), "DROP FUNCTION poison CASCADE");
        OperatorClient operator = shop.operator();
        HttpResponse<String> newest = operator.get("api/tickets?state=FAILED&limit=1");
        assertThat(newest.body()).contains(refused.toString()).doesNotContain(retried.toString());
        String next = newest.headers().firstValue("Link").orElseThrow();
        assertThat(next).matches("</api/tickets\\?state=FAILED&limit=1&before=[0-9]+>; rel=\"next\"");
        assertThat(operator.get(next.substring(2, next.indexOf('>'))).body())
                .contains(retried.toString())
                .doesNotContain(refused.toString());
        assertThat(operator.post("api/tickets/" + retried + "/retry", "{}").statusCode())
                .isEqualTo(200);
        tickets.await(retried, "READY");
        String refusal = "{\"reason\":\"No such luck\"}";
        assertThat(operator.post("api/tickets/" + refused + "/refuse", refusal).statusCode())
                .isEqualTo(200);
        assertThat(tickets.ticket(refused).getString("state")).isEqualTo("SOLD_OUT");
        assertThat(tickets.ticket(refused).getString("reason")).isEqualTo("No such luck");
        assertThat(tickets.ticket(refused).getString("reasonCode")).isEqualTo("REFUSED");
        assertThat(operator.post("api/tickets/" + refused + "/refuse", refusal).body())
                .contains(":not-failed");
        assertThat(databases.stockOf(productId)).isEqualTo(20 - 3 - 2);
        assertThat(databases.orderedOf(productId)).isEqualTo(3 + 2);
    }

    /** To the database a clock that was set back looks like a pause that ends in the far future. */
    @Test
    void clockSetBack_keepsNobodyWaiting() throws Exception {
        int productId = productOf(5);
        UUID paused;
        UUID fromTheFuture;
        try (HeldQueue held = new HeldQueue(databases, productId)) {
            paused = pausedTicket(productId, "now() + interval '50 seconds'");
            fromTheFuture = pausedTicket(productId, "now() + interval '2 hours'");
            held.release();
        }
        tickets.await(fromTheFuture, "READY");
        assertThat(tickets.state(paused)).isEqualTo("WAITING");
        execute(databases.orders(), "UPDATE ticket SET retry_at = NULL WHERE ticket_id = '" + paused + "'");
        tickets.await(paused, "READY");
    }

    private UUID pausedTicket(int productId, String until) throws SQLException {
        UUID ticketId = UUID.randomUUID();
        execute(
                databases.orders(),
                "INSERT INTO ticket (ticket_id, order_name, product_id, quantity, attempts, retry_at) VALUES ('"
                        + ticketId + "', 'paused', " + productId + ", 1, 1, " + until + ")");
        return ticketId;
    }

    /** Scenario: a later claim has been used. Expected outcome: a worker takes nothing, and that is no fault of the ticket. */
    @Test
    void staleClaim_takesNothing() throws Exception {
        int productId = productOf(5);
        execute(
                databases.product(),
                "INSERT INTO ticket_stock (product_id, last_claim) VALUES (" + productId + ", 1000000000)");
        UUID ticketId = tickets.taken(productId, 1, "stale");
        long before = claims();
        await(LIMIT, "some attempts", () -> claims() > before + 3);
        assertThat(tickets.state(ticketId)).isEqualTo("WAITING");
        assertThat(databases.stockOf(productId)).isEqualTo(5);
        execute(databases.product(), "UPDATE ticket_stock SET last_claim = 0 WHERE product_id = " + productId);
        tickets.await(ticketId, "READY");
        assertThat(databases.stockOf(productId)).isEqualTo(4);
    }

    private long claims() {
        try {
            return Databases.count(databases.orders(), "SELECT generate_series(1, last_value) FROM ticket_claim");
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Scenario: a worker died after it had taken the stock. Expected outcome: the next takes none again, though none is left. */
    @Test
    void ticketThatHasItsStock_takesNoneAgain() throws Exception {
        int productId = productOf(0);
        UUID ticketId = UUID.randomUUID();
        execute(
                databases.product(),
                "INSERT INTO ticket_stock VALUES (" + productId + ", 0, 2);" + "INSERT INTO ticket_taking VALUES ('"
                        + ticketId + "', " + productId + ", 2)");
        tickets.take(TicketClient.json(ticketId, productId, 2, "taken before"));
        tickets.await(ticketId, "READY");
        assertThat(databases.stockOf(productId)).isZero();

        assertThat(tickets.awaitEnd(tickets.taken(productId, 1, "the next"))).isEqualTo("SOLD_OUT");
        assertThat(Databases.count(databases.product(), "SELECT FROM ticket_taking WHERE product_id = ?", productId))
                .as("the taking of the READY ticket is forgotten")
                .isZero();
    }

    /** At every instant of a load: stock + ordered + in flight = initial. */
    @Test
    void observer_findsEveryPiece() throws Exception {
        int initial = 10_000;
        int productId = productOf(initial);
        TicketBooks books = new TicketBooks(databases, productId, initial);
        List<Callable<Integer>> all = new ArrayList<>(Collections.nCopies(4, () -> {
            for (int i = 0; i < 60; i++) {
                tickets.taken(productId, 1 + i % 3, "under observation");
            }
            return 60;
        }));
        all.add(() -> books.lookUntilAllAreServed(4 * 60 * 2));
        try (Connection orders = databases.orders().getConnection();
                Statement statement = orders.createStatement()) {
            orders.setAutoCommit(false);
            statement.execute(
                    "LOCK TABLE customer_order IN SHARE MODE"); // so that what is taken is not ordered at once
            all.add(() -> {
                await(LIMIT, "pieces in flight", () -> books.looksWithPiecesInFlight() > 0);
                orders.rollback();
                return 0;
            });
            InParallel.run(all);
        }
        assertThat(books.contradictions()).isEmpty();
        assertThat(books.looksWithPiecesInFlight()).isPositive();
        assertThat(databases.orderedOf(productId)).isEqualTo(4 * 60 * 2);
        assertThat(databases.stockOf(productId)).isEqualTo(initial - 4 * 60 * 2);
    }
}
