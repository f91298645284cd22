package dev.lockstep.order.ticket;

import dev.lockstep.order.boundary.NewOrder;
import dev.lockstep.order.control.OrdersSql;
import dev.lockstep.testing.LocalTransaction;
import dev.lockstep.testing.TestDatabase;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** A shop's tickets on a real orders database, and its servers, each with the transaction it is in. */
public final class TicketFixtures {

    public static final TestDatabase ORDERS = TestDatabase.of("orders");

    public static final int TEA = 1;
    public static final int COFFEE = 2;
    static final int CAKE = 3;

    /** When all orders of these tests are written. */
    static final Instant NOON = Instant.parse("2026-03-01T12:00:00.123456Z");

    private TicketFixtures() {}

    /** Where tickets are given, with no transaction about it. */
    static Tickets tickets() {
        return new Tickets(new OrdersSql(ORDERS.dataSource()), null);
    }

    /** Where tickets are served, within a transaction. */
    static TicketQueue queueIn(LocalTransaction transaction) {
        return new TicketQueue(
                new OrdersSql(transaction.dataSource()), Clock.fixed(NOON, ZoneOffset.UTC), Attempts.DEFAULT);
    }

    /** Does something at the queue in a transaction of its own, which is committed. */
    static <T> T committed(Function<TicketQueue, T> work) {
        try (LocalTransaction transaction = ORDERS.begin()) {
            T result = work.apply(queueIn(transaction));
            transaction.commit();
            return result;
        }
    }

    /** What can be served next; the claim is over when this returns. */
    static Optional<TicketClaim> claimed() {
        return committed(TicketQueue::claim);
    }

    /** The claim of who would refuse a ticket; it is over when this returns. */
    static Optional<TicketClaim> claimedFailed(NewOrder wanted) {
        return committed(queue -> queue.claimFailed(wanted.orderId()));
    }

    static boolean retried(NewOrder wanted) {
        return committed(queue -> queue.retry(wanted.orderId()));
    }

    static NewOrder wish(int productId) {
        return wish(productId, "somebody");
    }

    static NewOrder wish(int productId, String name) {
        return new NewOrder(UUID.randomUUID(), name, productId, 2);
    }

    /** Tickets for these products, given in this order. */
    public static List<NewOrder> given(int... productIds) {
        List<NewOrder> wanted =
                IntStream.of(productIds).mapToObj(TicketFixtures::wish).toList();
        tickets().issue(wanted);
        return wanted;
    }

    /** Tickets with these ids, given in this order. */
    public static void issued(NewOrder... wanted) {
        tickets().issue(List.of(wanted));
    }

    /** Serves the next product's tickets, all of them, in no time. */
    public static TicketClaim served() {
        return committed(queue -> {
            TicketClaim claim = queue.claim().orElseThrow();
            queue.settle(claim, claim.ticketIds(), Map.of(), 0);
            return claim;
        });
    }

    /** Refuses the next product's tickets, all of them. */
    public static TicketClaim refused(TicketReason why) {
        return committed(queue -> {
            TicketClaim claim = queue.claim().orElseThrow();
            queue.settle(claim, Set.of(), claim.ticketIds().stream().collect(Collectors.toMap(id -> id, id -> why)), 0);
            return claim;
        });
    }

    /** A ticket that has used all its attempts; its last pause is over. */
    public static NewOrder failed(int productId) {
        NewOrder ticket = given(productId).get(0);
        for (int attempt = 1; attempt <= Attempts.DEFAULT.max(); attempt++) {
            blamed("its own fault", ticket);
        }
        ORDERS.sql().execute("UPDATE ticket SET retry_at = now() WHERE state = 'FAILED'");
        return ticket;
    }

    /** Tickets of one product that failed together. */
    static void blamed(String reason, NewOrder... tickets) {
        committed(queue -> {
            queue.blame(new TicketClaim(0, tickets[0].productId(), List.of(tickets)), reason);
            return null;
        });
    }

    static Map<UUID, TicketReason> refusal(NewOrder wanted) {
        return Map.of(wanted.orderId(), TicketReason.outOfStock(0));
    }

    static void alreadyOrdered(NewOrder wanted) {
        ORDERS.sql()
                .execute(
                        "INSERT INTO customer_order (order_id, order_name, create_time, product_id, quantity) VALUES ('"
                                + wanted.orderId() + "', 'not by ticket', now(), " + wanted.productId() + ", 1)");
    }

    static Ticket ticket(NewOrder wanted) {
        return tickets().ticket(wanted.orderId()).orElseThrow();
    }

    static TicketState state(NewOrder wanted) {
        return ticket(wanted).state();
    }

    /** The queue of the product, of which tickets were given. */
    static QueueLength length(int productId) {
        return tickets().queue(productId).orElseThrow();
    }

    public static List<String> writtenOrders() {
        return ORDERS.sql().column("SELECT order_id FROM customer_order");
    }
}
