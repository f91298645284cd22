package dev.lockstep.tests.killmatrix;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * A database that is away for long, and a server that dies before a full queue. {@code -Doutage=30} says for how many seconds the
 * databases are away. Each build strikes tickets by one cell of the kill matrix; this is the long version.
 */
@EnabledIfSystemProperty(named = "lockstep.kill-matrix", matches = "all", disabledReason = "mvn verify -Pkill-matrix")
@ExtendWith(SharedInstallation.class)
class TicketOutagesIT {

    private static final int CUSTOMERS = 8;
    private static final int STOCK = 1_000_000;
    private static final List<Integer> PRODUCTS = List.of(2_000_001, 2_000_002, 2_000_003, 2_000_004);
    private static final Duration OUTAGE = Duration.ofSeconds(Integer.getInteger("lockstep.outage"));
    private static final Duration LOAD = Duration.ofSeconds(1);
    private static final Duration FULL_LIMIT = Duration.ofSeconds(60);
    private static final Duration SERVED_LIMIT = Duration.ofSeconds(60);

    private Installation system;

    @BeforeEach
    void useWhatRuns(Installation running) {
        system = running;
    }

    /**
     * Scenario: customers buy in both worlds, and the product database is away, then the orders database. Expected outcome: while only the
     * product database is away, tickets are given; every answer agrees with both databases in the end.
     */
    @Test
    void databaseAway_losesNoTicket() throws Exception {
        Client client = new Client(system.payara().url());
        Shop shop = new Shop(system);
        shop.open(CUSTOMERS, client, client, 1);
        Patience.pass(LOAD);
        system.product().stopImmediately();
        Patience.pass(OUTAGE);
        long waiting = system.orderBooks().waitingTickets();
        bringBack(system.product());
        system.orders().stopImmediately();
        Patience.pass(OUTAGE);
        bringBack(system.orders());
        shop.close();
        assertThat(shop.contradictions()).isEmpty();
        assertThat(waiting).isPositive();
    }

    private static void bringBack(DatabaseServer database) {
        database.bringBack();
        database.awaitBack();
        Patience.pass(LOAD);
    }

    /**
     * Scenario: the product database is away until the queue is full; then Payara is killed, and both come back. Expected outcome: every
     * ticket that was given is served, once.
     */
    @Test
    void serverKilledBeforeAFullQueue_servesAllOfIt() throws Exception {
        for (int product : PRODUCTS) {
            system.productBooks().stock(product, STOCK);
        }
        PRODUCTS.forEach(new Client(system.payara().url())::awaitKnown);
        system.product().stopImmediately();
        Set<UUID> given = takeTicketsUntilFull();
        system.payara().kill();
        system.product().bringBack();
        system.product().awaitBack();
        system.payara().bringBack();
        system.payara().awaitBack();

        Patience.require(SERVED_LIMIT, "nobody waits any more", () -> waitingTickets() == 0);
        assertThat(system.orderBooks().ticketsWithoutOrder(PRODUCTS)).isEmpty();
        assertThat(system.orderBooks().ordersOf(PRODUCTS)).isEqualTo(given);
        for (int product : PRODUCTS) {
            long ordered = system.orderBooks().orderedOf(product);
            assertThat(system.productBooks().stockOf(product)).isEqualTo(STOCK - ordered);
            assertThat(system.productBooks().takenForTicketsOf(product)).isEqualTo(ordered);
        }
    }

    private Set<UUID> takeTicketsUntilFull() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(CUSTOMERS);
        try {
            List<Callable<Set<UUID>>> customers = new ArrayList<>();
            for (int i = 0; i < CUSTOMERS; i++) {
                int product = PRODUCTS.get(i % PRODUCTS.size());
                customers.add(() -> takeTicketsUntilFull(product));
            }
            Set<UUID> given = new HashSet<>();
            for (Future<Set<UUID>> customer : threads.invokeAll(customers)) {
                given.addAll(customer.get());
            }
            return given;
        } finally {
            threads.shutdownNow();
        }
    }

    /** Who is refused comes again if there is room: between two counts the server takes some tickets for two. */
    private Set<UUID> takeTicketsUntilFull(int product) {
        Client client = new Client(system.payara().url());
        Set<UUID> given = new HashSet<>();
        Patience.require(FULL_LIMIT, "the queue is full", () -> {
            takeTicketsUntilRefused(client, product, given);
            return waitingTickets() >= Installation.TICKETS_MAX;
        });
        return given;
    }

    private static void takeTicketsUntilRefused(Client client, int product, Set<UUID> given) {
        Answer answer = Answer.YES;
        while (answer == Answer.YES) {
            UUID next = UUID.randomUUID();
            answer = client.takeTicket(next, product, 1);
            if (answer == Answer.YES) {
                given.add(next);
            }
        }
        assertThat(answer).isEqualTo(Answer.NO);
    }

    private long waitingTickets() {
        try {
            return system.orderBooks().waitingTickets();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}
