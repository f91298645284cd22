package dev.lockstep.order.ticket;

import static dev.lockstep.order.ticket.TicketFixtures.CAKE;
import static dev.lockstep.order.ticket.TicketFixtures.COFFEE;
import static dev.lockstep.order.ticket.TicketFixtures.ORDERS;
import static dev.lockstep.order.ticket.TicketFixtures.TEA;
import static dev.lockstep.order.ticket.TicketFixtures.committed;
import static dev.lockstep.order.ticket.TicketFixtures.failed;
import static dev.lockstep.order.ticket.TicketFixtures.given;
import static dev.lockstep.order.ticket.TicketFixtures.refused;
import static dev.lockstep.order.ticket.TicketFixtures.served;
import static dev.lockstep.order.ticket.TicketFixtures.ticket;
import static dev.lockstep.order.ticket.TicketFixtures.tickets;
import static dev.lockstep.order.ticket.TicketFixtures.wish;
import static dev.lockstep.order.ticket.TicketFixtures.writtenOrders;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lockstep.order.boundary.NewOrder;
import dev.lockstep.order.control.OrdersSql;
import dev.lockstep.order.entity.CustomerOrder;
import dev.lockstep.testing.LocalTransaction;
import dev.lockstep.testing.PlainSql;
import jakarta.persistence.NamedNativeQuery;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What {@code lockstep.jar archive} does to orders and tickets, and what the services tell of them afterwards. */
class ArchiveTest {

    private static final UUID OLD = UUID.fromString("6f1f3c9e-51b4-4a65-bb0f-6a3f4c1f5f10");
    private static final UUID OLDER = UUID.fromString("a7a0d7b2-5c37-4b84-9a1f-2a4b4f0e9d11");
    private static final UUID YOUNG = UUID.fromString("c2c6c1a4-0b55-4f0e-8d3c-7e0d3a7f6b12");

    @BeforeEach
    void nothingIsLeft() {
        ORDERS.empty();
    }

    @Test
    void oldOrders_areMovedOldestFirst_andFoundByTheirIds() {
        ordered(OLD, "100 days");
        ordered(OLDER, "200 days");
        ordered(YOUNG, "80 days");
        String before = found(OLD);
        assertThat(ordersArchived(ORDERS.sql(), 1)).containsExactly(OLDER.toString());
        assertThat(ordersArchived(ORDERS.sql(), 9)).containsExactly(OLD.toString());
        assertThat(ordersArchived(ORDERS.sql(), 9)).isEmpty();
        assertThat(writtenOrders()).containsExactly(YOUNG.toString());
        assertThat(found(OLD)).isEqualTo(before);
        assertThat(found(YOUNG)).contains("an order");
    }

    /** Also by a server of an earlier version, which looks for it in vain. */
    @Test
    void idOfAnArchivedOrder_isTaken() {
        ordered(OLD, "100 days");
        ordersArchived(ORDERS.sql(), 9);
        assertThatThrownBy(() -> ordered(OLD, "0 days"))
                .rootCause()
                .hasMessageContaining("order " + OLD + " is written already, and archived")
                .hasFieldOrPropertyWithValue("SQLState", "23505");
        assertThat(tickets().issue(List.of(new NewOrder(OLD, "an order", TEA, 5))))
                .isEmpty();
    }

    /**
     * Scenario: an order is being moved while somebody writes one of its id. Expected outcome: the writer waits for the move, and is
     * refused; nothing else keeps the id unique, as the row is in another table then.
     */
    @Test
    void whoeverWritesTheIdThatIsBeingMoved_waitsAndIsRefused() throws Exception {
        ordered(OLD, "100 days");
        try (LocalTransaction moving = ORDERS.begin()) {
            ordersArchived(moving.sql(), 9);
            CompletableFuture<Void> writing = CompletableFuture.runAsync(() -> ordered(OLD, "0 days"));
            ORDERS.awaitWaitingSession();
            moving.commit();
            assertThatThrownBy(() -> writing.get(30, TimeUnit.SECONDS)).hasStackTraceContaining("and archived");
        }
        assertThat(writtenOrders()).isEmpty();
    }

    /** Each reader's snapshot has each piece once: the sum is never less, nor more, while rows are moving. */
    @Test
    void totals_areTheSameBeforeTheMoveMeanwhileAndAfterwards() {
        ordered(OLD, "100 days");
        ordered(OLDER, "200 days");
        ordered(YOUNG, "0 days");
        given(TEA, TEA);
        served();
        given(COFFEE);
        refused(TicketReason.outOfStock(0));
        given(CAKE);
        ORDERS.sql().execute("UPDATE ticket SET ended_at = ended_at - interval '95 days'");
        String totals = totals();
        assertThat(totals).as("ordered, by ticket, unended, sold out").isEqualTo("(19,4,2,2)");
        try (LocalTransaction moving = ORDERS.begin()) {
            assertThat(ordersArchived(moving.sql(), 1)).hasSize(1);
            assertThat(ordersArchived(moving.sql(), 9)).hasSize(3);
            assertThat(ticketsArchived(moving.sql())).hasSize(1);
            assertThat(totals()).isEqualTo(totals);
            moving.commit();
        }
        assertThat(totals()).isEqualTo(totals);
    }

    /** The outcome of a prepared transaction is open: what it wrote is not seen, and what it took away it has locked. */
    @Test
    void whatIsInDoubt_stays() {
        ordered(OLD, "100 days");
        ordered(OLDER, "200 days");
        UUID doubtful = UUID.randomUUID();
        try (LocalTransaction branch = ORDERS.begin()) {
            branch.sql().execute(insert(doubtful, "300 days"));
            branch.sql().execute("DELETE FROM customer_order WHERE order_id = '" + OLDER + "'");
            branch.prepare();
            assertThat(ordersArchived(ORDERS.sql(), 9)).containsExactly(OLD.toString());
            branch.commit();
        }
        assertThat(writtenOrders()).containsExactly(doubtful.toString());
    }

    @Test
    void endedTickets_areToldAsBefore_andTheirIdsAreTaken() {
        NewOrder ready = given(TEA).get(0);
        served();
        NewOrder soldOut = given(COFFEE).get(0);
        refused(TicketReason.outOfStock(1));
        NewOrder failed = failed(CAKE);
        NewOrder waiting = given(TEA).get(0);
        List<NewOrder> all = List.of(ready, soldOut, failed, waiting);
        ORDERS.sql()
                .execute("UPDATE ticket SET given_at = given_at - interval '95 days',"
                        + " ended_at = ended_at - interval '95 days'");
        List<Ticket> before = all.stream().map(TicketFixtures::ticket).toList();
        assertThat(ordersArchived(ORDERS.sql(), 9))
                .as("with its ticket")
                .containsExactly(ready.orderId().toString());
        assertThat(ticketsArchived(ORDERS.sql()))
                .containsExactly(soldOut.orderId().toString());
        assertThat(ORDERS.sql().column("SELECT ticket_id FROM ticket ORDER BY ticket_number"))
                .as("whoever waits, for a number or an operator, goes on waiting")
                .containsExactly(failed.orderId().toString(), waiting.orderId().toString());
        assertThat(all.stream().map(TicketFixtures::ticket)).containsExactlyElementsOf(before);
        assertThat(ticket(ready).placed()).isPresent();
        NewOrder other = wish(TEA);
        assertThat(tickets().issue(List.of(ready, soldOut, other)))
                .extracting(Ticket::order)
                .containsExactly(other);
    }

    /** A ticket's taking of stock is kept until the ticket is known to be READY; an archived one is. */
    @Test
    void archivedTicket_needsItsTakingNoMore() {
        NewOrder ready = given(TEA).get(0);
        served();
        ordersArchived(ORDERS.sql(), 9);
        Set<UUID> known = committed(queue -> queue.readyAmong(List.of(ready.orderId(), UUID.randomUUID())));
        assertThat(known).containsExactly(ready.orderId());
    }

    /** As the database that does not answer is asked: by an insert of the same key. */
    @Test
    void archivedTicket_isDecided() {
        NewOrder ready = given(TEA).get(0);
        served();
        ordersArchived(ORDERS.sql(), 9);
        try (LocalTransaction giving = ORDERS.begin();
                LocalTransaction asking = ORDERS.begin()) {
            new Tickets(new OrdersSql(giving.dataSource()), null).issue(List.of(wish(TEA)));
            Tickets service = new Tickets(new OrdersSql(asking.dataSource()), new MarkedForRollback());
            assertThat(service.isUndecided(ready.orderId())).isFalse();
        }
    }

    private static List<String> ordersArchived(PlainSql sql, int most) {
        return sql.column("SELECT order_id FROM archive_orders('-infinity', now() - interval '90 days', " + most + ")");
    }

    private static List<String> ticketsArchived(PlainSql sql) {
        return sql.column("SELECT ticket_id FROM archive_tickets(0, 9, now() - interval '90 days')");
    }

    private static void ordered(UUID orderId, String age) {
        ORDERS.sql().execute(insert(orderId, age));
    }

    private static String insert(UUID orderId, String age) {
        return "INSERT INTO customer_order (order_id, order_name, create_time, product_id, quantity) VALUES ('"
                + orderId + "', 'an order', now() - interval '" + age + "', 1, 5)";
    }

    private static String found(UUID orderId) {
        return ORDERS.sql()
                .value("SELECT found::text FROM (" + sql(CustomerOrder.BY_ID).replace("?", "'" + orderId + "'")
                        + ") AS found");
    }

    private static String totals() {
        return ORDERS.sql().value("SELECT totals::text FROM (" + sql(CustomerOrder.TOTALS) + ") AS totals");
    }

    private static String sql(String name) {
        return Stream.of(CustomerOrder.class.getAnnotationsByType(NamedNativeQuery.class))
                .filter(query -> query.name().equals(name))
                .findFirst()
                .orElseThrow()
                .query();
    }
}
