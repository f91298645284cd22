package dev.lockstep.order.ticket;

import static dev.lockstep.order.ticket.TicketFixtures.CAKE;
import static dev.lockstep.order.ticket.TicketFixtures.COFFEE;
import static dev.lockstep.order.ticket.TicketFixtures.ORDERS;
import static dev.lockstep.order.ticket.TicketFixtures.TEA;
import static dev.lockstep.order.ticket.TicketFixtures.alreadyOrdered;
import static dev.lockstep.order.ticket.TicketFixtures.blamed;
import static dev.lockstep.order.ticket.TicketFixtures.claimed;
import static dev.lockstep.order.ticket.TicketFixtures.failed;
import static dev.lockstep.order.ticket.TicketFixtures.given;
import static dev.lockstep.order.ticket.TicketFixtures.queueIn;
import static dev.lockstep.order.ticket.TicketFixtures.refused;
import static dev.lockstep.order.ticket.TicketFixtures.served;
import static dev.lockstep.order.ticket.TicketFixtures.state;
import static dev.lockstep.order.ticket.TicketFixtures.ticket;
import static dev.lockstep.order.ticket.TicketFixtures.wish;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.order.boundary.NewOrder;
import dev.lockstep.testing.LocalTransaction;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whose turn it is, on a real orders database. */
class TicketClaimsTest {

    private static final String SESSION_LIMIT = "SHOW idle_in_transaction_session_timeout";

    @BeforeEach
    void nothingIsLeft() {
        ORDERS.empty();
    }

    @Test
    void nothingGiven_nothingIsClaimed() {
        assertThat(claimed()).isEmpty();
    }

    @Test
    void ticketsThatDoNotWait_areInNoClaim() {
        given(TEA);
        served();
        given(TEA);
        refused(TicketReason.outOfStock(0));
        failed(TEA);
        assertThat(claimed()).isEmpty();
        List<NewOrder> waiting = given(TEA);
        assertThat(claimed().orElseThrow().tickets()).isEqualTo(waiting);
    }

    @Test
    void firstClaimOfNewQueues_isThatOfTheOldestTicket_inTheOrderOfItsNumbers() {
        List<NewOrder> given = given(COFFEE, TEA, COFFEE, TEA, COFFEE);
        TicketClaim claim = claimed().orElseThrow();
        assertThat(claim.productId()).isEqualTo(COFFEE);
        assertThat(claim.tickets()).containsExactly(given.get(0), given.get(2), given.get(4));
    }

    /**
     * Scenario: somebody wants very much of one product before anybody wants another one. Expected: each turn serves the product that was
     * called longest ago, so the other one waits for one turn, however many tickets are older.
     */
    @Test
    void products_haveTheirTurns_howeverManyTicketsWaitForOne() {
        Stream<NewOrder> many = Stream.generate(() -> wish(TEA)).limit(2L * TicketQueue.BATCH_MAX + 1);
        TicketFixtures.tickets().issue(many.toList());
        given(COFFEE);
        assertThat(Stream.generate(() -> served().productId()).limit(4)).containsExactly(TEA, COFFEE, TEA, TEA);
    }

    @Test
    void newQueue_goesBehindThoseThatWait_butOnlyOnce() {
        given(TEA);
        given(COFFEE);
        served();
        given(TEA);
        given(CAKE);
        assertThat(Stream.generate(() -> served().productId()).limit(3)).containsExactly(COFFEE, TEA, CAKE);
    }

    @Test
    void claimedQueue_isSkippedByOthers() {
        List<NewOrder> given = given(TEA, COFFEE, TEA);
        try (LocalTransaction first = ORDERS.begin();
                LocalTransaction second = ORDERS.begin();
                LocalTransaction third = ORDERS.begin()) {
            assertThat(queueIn(first).claim().orElseThrow().tickets()).containsExactly(given.get(0), given.get(2));
            assertThat(queueIn(second).claim().orElseThrow().tickets()).containsExactly(given.get(1));
            assertThat(queueIn(third).claim()).isEmpty();
        }
    }

    /** Scenario: a server dies with a claim. Expected: the next one has the same tickets, and a number by which it is known to be later. */
    @Test
    void lostClaim_isFollowedByAHigherNumber() {
        List<NewOrder> given = given(TEA, TEA);
        long lost;
        try (LocalTransaction dying = ORDERS.begin()) {
            lost = queueIn(dying).claim().orElseThrow().number();
        }
        TicketClaim next = claimed().orElseThrow();
        assertThat(next.number()).isGreaterThan(lost);
        assertThat(next.tickets()).isEqualTo(given);
    }

    @Test
    void claim_hasSoManyTicketsAtMost() {
        List<NewOrder> given = Stream.generate(() -> wish(TEA))
                .limit(TicketQueue.BATCH_MAX + 1L)
                .toList();
        TicketFixtures.tickets().issue(given);
        assertThat(served().tickets()).isEqualTo(given.subList(0, TicketQueue.BATCH_MAX));
        assertThat(served().tickets()).containsExactly(given.get(TicketQueue.BATCH_MAX));
    }

    /** A server that is stopped must not keep a product; a session that goes back to the pool must not keep the limit. */
    @Test
    void claim_endsIfItsServerStandsStill() {
        UUID failed = failed(COFFEE).orderId();
        given(TEA);
        try (LocalTransaction serving = ORDERS.begin()) {
            assertThat(serving.sql().value(SESSION_LIMIT)).isEqualTo("0");
            assertThat(queueIn(serving).claim()).isPresent();
            assertThat(serving.sql().value(SESSION_LIMIT)).isEqualTo("10s");
            serving.commit();
            assertThat(serving.sql().value(SESSION_LIMIT)).isEqualTo("0");
        }
        try (LocalTransaction refusing = ORDERS.begin()) {
            assertThat(queueIn(refusing).claimFailed(failed)).isPresent();
            assertThat(refusing.sql().value(SESSION_LIMIT)).isEqualTo("10s");
        }
    }

    /** A pause that ends later than any could is left from before the clock was set back. */
    @ParameterizedTest
    @CsvSource({"-1 second, true", "30 seconds, false", "59 seconds, false", "2 minutes, true"})
    void pausedTicket_isDueAgain(String retry, boolean isDue) {
        given(TEA);
        ORDERS.sql().execute("UPDATE ticket SET retry_at = now() + interval '" + retry + "'");
        assertThat(claimed().isPresent()).isEqualTo(isDue);
    }

    @Test
    void pausedTicket_holdsUpNobodyBehindIt() {
        List<NewOrder> given = given(TEA, COFFEE, TEA);
        blamed("its own fault", given.get(0));
        // Its first pause is so short that a busy machine might see its end.
        ORDERS.sql().execute("UPDATE ticket SET retry_at = now() + interval '30 seconds' WHERE retry_at IS NOT NULL");
        assertThat(served().tickets()).containsExactly(given.get(1));
        assertThat(served().tickets()).containsExactly(given.get(2));
        assertThat(claimed()).isEmpty();
    }

    @Test
    void ticketsThatFailedTogether_areServedAlone() {
        List<NewOrder> given = given(TEA, TEA, TEA, TEA);
        blamed("one of them", given.get(1), given.get(2));
        for (NewOrder alone : given) {
            assertThat(served().tickets()).containsExactly(alone);
        }
    }

    @Test
    void ticketsAheadOfASuspect_areServedTogether() {
        List<NewOrder> given = given(TEA, TEA, TEA, TEA);
        blamed("perhaps", given.get(2), wish(TEA));
        assertThat(served().tickets()).containsExactly(given.get(0), given.get(1));
        assertThat(served().tickets()).containsExactly(given.get(2));
        assertThat(served().tickets()).containsExactly(given.get(3));
    }

    /** Scenario: orders took the ids of tickets that wait. Expected: these are claimed apart, to be refused, and the others then. */
    @Test
    void ticketsWhoseIdsOrdersHave_areClaimedApart() {
        List<NewOrder> given = given(TEA, TEA, TEA, TEA);
        alreadyOrdered(given.get(1));
        alreadyOrdered(given.get(2));
        assertThat(claimed().orElseThrow().isOrdered()).isTrue();
        assertThat(refused(TicketReason.idTaken()).tickets()).containsExactly(given.get(1), given.get(2));
        assertThat(given.subList(1, 3)).allSatisfy(ordered -> {
            assertThat(state(ordered)).isEqualTo(TicketState.SOLD_OUT);
            assertThat(ticket(ordered).reason()).contains(TicketReason.idTaken());
        });
        TicketClaim others = claimed().orElseThrow();
        assertThat(others.isOrdered()).isFalse();
        assertThat(others.tickets()).containsExactly(given.get(0), given.get(3));
    }
}
