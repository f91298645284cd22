package dev.lockstep.order.ticket;

import static dev.lockstep.order.ticket.TicketFixtures.CAKE;
import static dev.lockstep.order.ticket.TicketFixtures.COFFEE;
import static dev.lockstep.order.ticket.TicketFixtures.ORDERS;
import static dev.lockstep.order.ticket.TicketFixtures.TEA;
import static dev.lockstep.order.ticket.TicketFixtures.blamed;
import static dev.lockstep.order.ticket.TicketFixtures.claimed;
import static dev.lockstep.order.ticket.TicketFixtures.claimedFailed;
import static dev.lockstep.order.ticket.TicketFixtures.committed;
import static dev.lockstep.order.ticket.TicketFixtures.failed;
import static dev.lockstep.order.ticket.TicketFixtures.given;
import static dev.lockstep.order.ticket.TicketFixtures.queueIn;
import static dev.lockstep.order.ticket.TicketFixtures.refusal;
import static dev.lockstep.order.ticket.TicketFixtures.retried;
import static dev.lockstep.order.ticket.TicketFixtures.served;
import static dev.lockstep.order.ticket.TicketFixtures.state;
import static dev.lockstep.order.ticket.TicketFixtures.ticket;
import static dev.lockstep.order.ticket.TicketFixtures.wish;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.lockstep.order.boundary.NewOrder;
import dev.lockstep.order.control.OrdersSql;
import dev.lockstep.testing.LocalTransaction;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What becomes of tickets that cannot be served for a reason of their own, on a real orders database. */
class TicketAttemptsTest {

    @BeforeEach
    void nothingIsLeft() {
        ORDERS.empty();
    }

    @Test
    void ticketThatFailsAlone_isPausedLongerEachTime_andFailsAtLast() {
        NewOrder wanted = given(TEA).get(0);
        for (int attempt = 1; attempt < Attempts.DEFAULT.max(); attempt++) {
            assertThat(pauseAfterBlaming(wanted, "attempt " + attempt))
                    .isCloseTo(0.5 * (1 << (attempt - 1)), within(1e-6));
            assertThat(state(wanted)).isEqualTo(TicketState.WAITING);
            assertThat(ticket(wanted).attempts()).isEqualTo(attempt);
            assertThat(ticket(wanted).reason()).contains(TicketReason.rejected("attempt " + attempt));
        }
        blamed("the last straw", wanted);
        assertThat(state(wanted)).isEqualTo(TicketState.FAILED);
        assertThat(ticket(wanted).attempts()).isEqualTo(5);
        assertThat(ticket(wanted).reason()).contains(TicketReason.rejected("the last straw"));
    }

    /** Scenario: two attempts, and pauses of up to three seconds. One ticket is paused by a server with longer ones. */
    @Test
    void attemptsAndPauses_areThoseOfTheSettings() {
        Attempts few = new Attempts(2, Duration.ofSeconds(3), Duration.ofSeconds(3));
        List<NewOrder> given = given(TEA, COFFEE);
        try (LocalTransaction serving = ORDERS.begin()) {
            TicketQueue queue = new TicketQueue(new OrdersSql(serving.dataSource()), Clock.systemUTC(), few);
            TicketClaim tea = queue.claim().orElseThrow();
            queue.blame(tea, "no");
            assertThat(serving.sql().value("SELECT retry_at - now() FROM ticket WHERE attempts = 1"))
                    .isEqualTo("00:00:03");
            queue.blame(tea, "no");
            serving.sql().execute("UPDATE ticket SET retry_at = now() + interval '4 s' WHERE product_id = " + COFFEE);
            assertThat(queue.claim().orElseThrow().tickets()).containsExactly(given.get(1));
            serving.commit();
        }
        assertThat(given).extracting(TicketFixtures::state).containsExactly(TicketState.FAILED, TicketState.WAITING);
    }

    @Test
    void blame_touchesNoTicketThatHasEnded_andIsTold() {
        List<NewOrder> given = given(TEA, TEA);
        committed(queue -> {
            queue.settle(queue.claim().orElseThrow(), List.of(given.get(0).orderId()), refusal(given.get(1)), 0);
            return null;
        });
        try (Announcements heard = new Announcements(ORDERS, "ticket_called")) {
            blamed("too late", given.get(0));
            blamed("too late", given.get(1));
            assertThat(heard.soFar()).containsExactly(Integer.toString(TEA), Integer.toString(TEA));
        }
        assertThat(given).extracting(TicketFixtures::state).containsExactly(TicketState.READY, TicketState.SOLD_OUT);
        assertThat(given).extracting(wanted -> ticket(wanted).attempts()).containsOnly(0);
    }

    @Test
    void failedTicket_isNotServedUntilItIsRetried_andKeepsItsNumber() {
        NewOrder failed = failed(TEA);
        assertThat(claimed()).isEmpty();
        List<NewOrder> later = given(TEA);
        ORDERS.sql().execute("UPDATE ticket SET retry_at = now() + interval '8 seconds' WHERE state = 'FAILED'");
        assertThat(retried(failed)).isTrue();
        assertThat(ticket(failed).attempts()).isZero();
        assertThat(served().tickets()).containsExactly(failed, later.get(0));
        assertThat(state(failed)).isEqualTo(TicketState.READY);
    }

    @Test
    void ticketThatHasNotFailed_isNeitherRetriedNorClaimedAlone() {
        NewOrder ready = given(TEA).get(0);
        served();
        NewOrder waiting = given(COFFEE).get(0);
        assertThat(List.of(ready, waiting, wish(CAKE))).allSatisfy(other -> {
            assertThat(retried(other)).isFalse();
            assertThat(claimedFailed(other)).isEmpty();
        });
        assertThat(ORDERS.sql().column("SELECT state FROM ticket ORDER BY ticket_number"))
                .containsExactly("READY", "WAITING");
    }

    @Test
    void failedTicket_isClaimedAlone_andItsQueueIsNobodyElses() {
        NewOrder failed = failed(TEA);
        List<NewOrder> given = given(TEA, COFFEE);
        try (LocalTransaction refusing = ORDERS.begin();
                LocalTransaction serving = ORDERS.begin()) {
            TicketClaim claim = queueIn(refusing).claimFailed(failed.orderId()).orElseThrow();
            assertThat(claim.productId()).isEqualTo(TEA);
            assertThat(claim.tickets()).containsExactly(failed);
            TicketClaim other = queueIn(serving).claim().orElseThrow();
            assertThat(other.tickets()).containsExactly(given.get(1));
            assertThat(other.number()).isGreaterThan(claim.number());
        }
    }

    /** Scenario: two operators refuse a ticket at the same time. Expected: the later one waits, and is told that it has not FAILED. */
    @Test
    void failedTicketThatAnotherRefuses_isWaitedFor() throws Exception {
        NewOrder failed = failed(TEA);
        try (LocalTransaction first = ORDERS.begin()) {
            TicketClaim claim = queueIn(first).claimFailed(failed.orderId()).orElseThrow();
            CompletableFuture<Optional<TicketClaim>> second =
                    CompletableFuture.supplyAsync(() -> claimedFailed(failed));
            ORDERS.awaitWaitingSession();
            queueIn(first).settle(claim, Set.of(), refusal(failed), 0);
            first.commit();
            assertThat(second.get(10, TimeUnit.SECONDS)).isEmpty();
        }
        assertThat(state(failed)).isEqualTo(TicketState.SOLD_OUT);
    }

    /** Scenario: a product's tickets fail again and again, and would be the next ones each time. Expected: others have their turn between. */
    @Test
    void ticketsThatFailed_letOtherProductsGoFirst() {
        List<NewOrder> given = given(TEA, TEA, COFFEE);
        blamed("one of them", given.get(0), given.get(1));
        assertThat(served().productId()).isEqualTo(COFFEE);
        assertThat(served().tickets()).containsExactly(given.get(0));
    }

    @Test
    void postponedTickets_letOtherProductsGoFirst_andAreNotBlamed() {
        List<NewOrder> given = given(TEA, COFFEE);
        TicketClaim locked = claimed().orElseThrow();
        assertThat(locked.productId()).isEqualTo(TEA);
        committed(queue -> {
            queue.postpone(locked);
            return null;
        });
        assertThat(served().productId()).isEqualTo(COFFEE);
        assertThat(ticket(given.get(0)).attempts()).isZero();
        assertThat(served().productId()).isEqualTo(TEA);
    }

    private static double pauseAfterBlaming(NewOrder wanted, String reason) {
        try (LocalTransaction blaming = ORDERS.begin()) {
            queueIn(blaming).blame(new TicketClaim(0, wanted.productId(), List.of(wanted)), reason);
            String pause = blaming.sql().value("SELECT extract(epoch FROM retry_at - now()) FROM ticket");
            blaming.commit();
            return Double.parseDouble(pause);
        }
    }
}
