package dev.lockstep.order.ticket;

import static dev.lockstep.order.ticket.TicketFixtures.ORDERS;
import static dev.lockstep.order.ticket.TicketFixtures.given;
import static dev.lockstep.order.ticket.TicketFixtures.queueIn;
import static dev.lockstep.order.ticket.TicketFixtures.tickets;
import static dev.lockstep.order.ticket.TicketFixtures.writtenOrders;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.order.boundary.NewOrder;
import dev.lockstep.testing.LocalTransaction;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Many servers at one orders database. */
class ServersInTurnTest {

    private static final int SERVERS = 4;
    private static final int PRODUCTS = 3;
    private static final int TICKETS_OF_EACH = 30;
    private static final int AT_ONCE = 4;

    private final Queue<TicketClaim> committed = new ConcurrentLinkedQueue<>();

    /**
     * Scenario: four servers serve three products; each claim serves a few tickets, and every third claim is lost. Expected outcome: one
     * order for each ticket, and each product's tickets are served in the order of their numbers.
     */
    @Test
    void everyTicketIsServedOnce_inTheOrderOfItsProduct() throws Exception {
        ORDERS.empty();
        List<NewOrder> given = given(IntStream.range(0, PRODUCTS * TICKETS_OF_EACH)
                .map(i -> i % PRODUCTS)
                .toArray());
        ExecutorService servers = Executors.newFixedThreadPool(SERVERS);
        try {
            List<Future<?>> working = Stream.<Future<?>>generate(() -> servers.submit(this::serveAll))
                    .limit(SERVERS)
                    .toList();
            for (Future<?> server : working) {
                server.get(60, TimeUnit.SECONDS);
            }
        } finally {
            servers.shutdownNow();
        }
        for (int productId = 0; productId < PRODUCTS; productId++) {
            int product = productId;
            assertThat(committed.stream()
                            .filter(claim -> claim.productId() == product)
                            .sorted(Comparator.comparingLong(TicketClaim::number))
                            .flatMap(claim -> claim.tickets().stream()))
                    .containsExactlyElementsOf(given.stream()
                            .filter(wanted -> wanted.productId() == product)
                            .toList());
        }
        assertThat(writtenOrders()).hasSize(given.size());
    }

    private void serveAll() {
        while (tickets().count(TicketState.WAITING) > 0) {
            try (LocalTransaction transaction = ORDERS.begin()) {
                queueIn(transaction).claim().ifPresent(claim -> serve(transaction, claim));
            }
        }
    }

    private void serve(LocalTransaction transaction, TicketClaim claim) {
        TicketClaim some = new TicketClaim(
                claim.number(),
                claim.productId(),
                claim.tickets().stream().limit(AT_ONCE).toList());
        queueIn(transaction).settle(some, some.ticketIds(), Map.of(), 0);
        if (claim.number() % 3 != 0) {
            transaction.commit();
            committed.add(some);
        }
    }
}
