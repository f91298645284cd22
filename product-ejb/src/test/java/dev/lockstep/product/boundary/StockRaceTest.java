package dev.lockstep.product.boundary;

import static dev.lockstep.product.boundary.StockFixtures.PRODUCTS;
import static dev.lockstep.product.boundary.StockFixtures.TEA;
import static dev.lockstep.product.boundary.StockFixtures.givenBack;
import static dev.lockstep.product.boundary.StockFixtures.left;
import static dev.lockstep.product.boundary.StockFixtures.product;
import static dev.lockstep.product.boundary.StockFixtures.stock;
import static dev.lockstep.product.boundary.StockFixtures.taken;
import static dev.lockstep.product.boundary.StockFixtures.takenForTickets;
import static dev.lockstep.product.boundary.StockFixtures.takings;
import static dev.lockstep.product.boundary.StockFixtures.wanted;
import static java.util.Map.entry;
import static java.util.concurrent.CompletableFuture.supplyAsync;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.lockstep.testing.LocalTransaction;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Two at the same stock at the same time, on a real product database. */
class StockRaceTest {

    private static final String SESSION_LIMIT = "SHOW idle_in_transaction_session_timeout";

    private final UUID ticket = UUID.randomUUID();

    @BeforeEach
    void tenPiecesOfTea() {
        PRODUCTS.empty();
        product(TEA, 10);
    }

    /** Scenario: a server was thought dead, but its taking is under way. Expected: the later claim waits for it, and takes nothing again. */
    @Test
    void laterClaim_waitsForTheEarlierTaking() throws Exception {
        try (LocalTransaction earlier = PRODUCTS.begin()) {
            stock(earlier).take(new TicketTaking(TEA, 1, wanted(entry(ticket, 4)), Set.of()));
            CompletableFuture<TicketTaking.Result> later = supplyAsync(() -> taken(TEA, 2, wanted(entry(ticket, 4))));
            PRODUCTS.awaitWaitingSession();
            earlier.commit();
            assertThat(later.get(10, TimeUnit.SECONDS)).isEqualTo(new TicketTaking.Result(List.of(ticket), 6, true));
        }
        assertThat(left(TEA)).isEqualTo(6);
        assertThat(takenForTickets(TEA)).isEqualTo(4);
    }

    /** Scenario: a server that stood still goes on while a later claim is used. Expected: it is refused. */
    @Test
    void earlierClaim_isStaleAsSoonAsTheLaterIsCommitted() {
        try (LocalTransaction later = PRODUCTS.begin()) {
            stock(later).take(new TicketTaking(TEA, 2, wanted(entry(ticket, 4)), Set.of()));
            CompletableFuture<TicketTaking.Result> earlier = supplyAsync(() -> taken(TEA, 1, wanted(entry(ticket, 4))));
            PRODUCTS.awaitWaitingSession();
            later.commit();
            assertThatExceptionOfType(ExecutionException.class)
                    .isThrownBy(() -> earlier.get(10, TimeUnit.SECONDS))
                    .withCauseInstanceOf(StaleClaimException.class);
        }
        assertThat(takings(TEA)).containsExactly(ticket);
        assertThat(left(TEA)).isEqualTo(6);
    }

    /** Scenario: an order without a ticket takes the same stock. Expected: tickets get what it leaves, also if it is undecided for a while. */
    @Test
    void taking_waitsForAnOrder_andSeesWhatItLeaves() throws Exception {
        try (LocalTransaction order = PRODUCTS.begin()) {
            order.sql().execute("UPDATE product SET product_nums = product_nums - 8");
            order.prepare();
            CompletableFuture<TicketTaking.Result> taking = supplyAsync(() -> taken(TEA, 1, wanted(entry(ticket, 4))));
            PRODUCTS.awaitWaitingSession();
            order.commit();
            assertThat(taking.get(10, TimeUnit.SECONDS)).isEqualTo(new TicketTaking.Result(List.of(), 2, true));
        }
        assertThat(left(TEA)).isEqualTo(2);
    }

    /** The stock is held while it is counted out, so an order in between cannot make it negative. */
    @Test
    void order_waitsForTheTaking() throws Exception {
        try (LocalTransaction serving = PRODUCTS.begin()) {
            stock(serving).take(new TicketTaking(TEA, 1, wanted(entry(UUID.randomUUID(), 11)), Set.of()));
            CompletableFuture<Boolean> order = supplyAsync(() -> {
                PRODUCTS.sql().execute("UPDATE product SET product_nums = product_nums - 8");
                return true;
            });
            PRODUCTS.awaitWaitingSession();
            assertThat(order).isNotDone();
            serving.commit();
            assertThat(order.get(10, TimeUnit.SECONDS)).isTrue();
        }
        assertThat(left(TEA)).isEqualTo(2);
    }

    @Test
    void givingBack_waitsForTheTaking() throws Exception {
        try (LocalTransaction serving = PRODUCTS.begin()) {
            stock(serving).take(new TicketTaking(TEA, 1, wanted(entry(ticket, 4)), Set.of()));
            CompletableFuture<Boolean> back = supplyAsync(() -> {
                givenBack(TEA, 2, ticket);
                return true;
            });
            PRODUCTS.awaitWaitingSession();
            serving.commit();
            assertThat(back.get(10, TimeUnit.SECONDS)).isTrue();
        }
        assertThat(left(TEA)).isEqualTo(10);
        assertThat(takings(TEA)).isEmpty();
        assertThat(takenForTickets(TEA)).isZero();
    }

    /** A server that is stopped must not keep a product; a session that goes back to the pool must not keep the limit. */
    @Test
    void taking_endsIfItsServerStandsStill() {
        try (LocalTransaction serving = PRODUCTS.begin()) {
            assertThat(serving.sql().value(SESSION_LIMIT)).isEqualTo("0");
            stock(serving).take(new TicketTaking(TEA, 1, wanted(entry(ticket, 4)), Set.of()));
            assertThat(serving.sql().value(SESSION_LIMIT)).isEqualTo("5s");
            serving.commit();
            assertThat(serving.sql().value(SESSION_LIMIT)).isEqualTo("0");
        }
        try (LocalTransaction refusing = PRODUCTS.begin()) {
            stock(refusing).giveBack(TEA, 2, Set.of(ticket));
            assertThat(refusing.sql().value(SESSION_LIMIT)).isEqualTo("5s");
        }
    }
}
