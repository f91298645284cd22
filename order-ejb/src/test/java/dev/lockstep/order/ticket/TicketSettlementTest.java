package dev.lockstep.order.ticket;

import static dev.lockstep.order.ticket.TicketFixtures.COFFEE;
import static dev.lockstep.order.ticket.TicketFixtures.NOON;
import static dev.lockstep.order.ticket.TicketFixtures.ORDERS;
import static dev.lockstep.order.ticket.TicketFixtures.TEA;
import static dev.lockstep.order.ticket.TicketFixtures.alreadyOrdered;
import static dev.lockstep.order.ticket.TicketFixtures.blamed;
import static dev.lockstep.order.ticket.TicketFixtures.committed;
import static dev.lockstep.order.ticket.TicketFixtures.failed;
import static dev.lockstep.order.ticket.TicketFixtures.given;
import static dev.lockstep.order.ticket.TicketFixtures.length;
import static dev.lockstep.order.ticket.TicketFixtures.queueIn;
import static dev.lockstep.order.ticket.TicketFixtures.refusal;
import static dev.lockstep.order.ticket.TicketFixtures.served;
import static dev.lockstep.order.ticket.TicketFixtures.state;
import static dev.lockstep.order.ticket.TicketFixtures.ticket;
import static dev.lockstep.order.ticket.TicketFixtures.writtenOrders;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.within;

import dev.lockstep.order.boundary.NewOrder;
import dev.lockstep.order.control.SqlState;
import dev.lockstep.testing.LocalTransaction;
import jakarta.ejb.EJBException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** How tickets end, on a real orders database. */
class TicketSettlementTest {

    @BeforeEach
    void nothingIsLeft() {
        ORDERS.empty();
    }

    @Test
    void grantedTicket_becomesAnOrder() {
        List<NewOrder> given = given(TEA, TEA);
        served();
        assertThat(given).allSatisfy(wanted -> {
            assertThat(state(wanted)).isEqualTo(TicketState.READY);
            assertThat(ticket(wanted).placed().orElseThrow().fulfils(wanted)).isTrue();
            assertThat(ticket(wanted).readyAt()).contains(NOON);
        });
        assertThat(ORDERS.sql().column("SELECT by_ticket FROM customer_order")).containsExactly("t", "t");
        assertThat(ORDERS.sql().column("SELECT ended_at >= given_at FROM ticket"))
                .containsExactly("t", "t");
    }

    @Test
    void refusedTickets_areToldEachItsReason() {
        List<NewOrder> given = given(TEA, TEA, TEA);
        Map<UUID, TicketReason> refused = new LinkedHashMap<>();
        refused.put(given.get(2).orderId(), TicketReason.outOfStock(1));
        refused.put(given.get(0).orderId(), TicketReason.refused("{none, \"left\"}"));
        committed(queue -> {
            queue.settle(queue.claim().orElseThrow(), List.of(given.get(1).orderId()), refused, 0);
            return null;
        });
        assertThat(given)
                .extracting(TicketFixtures::state)
                .containsExactly(TicketState.SOLD_OUT, TicketState.READY, TicketState.SOLD_OUT);
        assertThat(given)
                .extracting(wanted -> ticket(wanted).reason())
                .containsExactly(
                        Optional.of(TicketReason.refused("{none, \"left\"}")),
                        Optional.empty(),
                        Optional.of(TicketReason.outOfStock(1)));
        assertThat(ORDERS.sql().column("SELECT reason_code, reason FROM ticket ORDER BY ticket_number"))
                .as("codes")
                .containsExactly("REFUSED", null, "OUT_OF_STOCK");
        assertThat(ORDERS.sql().column("SELECT coalesce(reason, '-') FROM ticket ORDER BY ticket_number"))
                .as("words only where somebody said them")
                .containsExactly("{none, \"left\"}", "-", "-");
        assertThat(writtenOrders()).containsExactly(given.get(1).orderId().toString());
        assertThat(ORDERS.sql().column("SELECT ended_at >= given_at FROM ticket"))
                .containsExactly("t", "t", "t");
    }

    @Test
    void served_forgetsWhyItFailedBefore() {
        List<NewOrder> given = given(TEA, TEA);
        blamed("one of them", given.get(0), given.get(1));
        served();
        assertThat(ticket(given.get(0)).reason()).isEmpty();
        assertThat(ticket(given.get(1)).reason()).contains(TicketReason.rejected("one of them"));
    }

    @Test
    void queue_advancesToTheHighestNumberCalled_andNeverBack() {
        NewOrder failed = failed(TEA);
        given(TEA, TEA);
        served();
        assertThat(called(TEA)).isEqualTo(3);
        committed(queue -> {
            queue.settle(queue.claimFailed(failed.orderId()).orElseThrow(), Set.of(), refusal(failed), 0);
            return null;
        });
        assertThat(called(TEA)).isEqualTo(3);
    }

    @Test
    void timeForATicket_isSmoothed() {
        given(TEA, TEA, TEA);
        settledWithin(6);
        assertThat(secondsEach()).isCloseTo(2, within(1e-9));
        given(TEA);
        settledWithin(12);
        assertThat(secondsEach()).isCloseTo(0.8 * 2 + 0.2 * 12, within(1e-9));
    }

    @Test
    void settledProduct_isToldWhenItIsCommitted_otherwiseNot() {
        given(COFFEE, TEA);
        try (Announcements heard = new Announcements(ORDERS, "ticket_called")) {
            try (LocalTransaction dying = ORDERS.begin()) {
                TicketQueue queue = queueIn(dying);
                TicketClaim claim = queue.claim().orElseThrow();
                queue.settle(claim, claim.ticketIds(), Map.of(), 0);
                assertThat(heard.soFar()).isEmpty();
            }
            served();
            assertThat(heard.soFar()).containsExactly(Integer.toString(COFFEE));
        }
    }

    @Test
    void lostSettlement_leavesAllAsItWas() {
        List<NewOrder> given = given(TEA, TEA);
        try (LocalTransaction dying = ORDERS.begin()) {
            TicketQueue queue = queueIn(dying);
            TicketClaim claim = queue.claim().orElseThrow();
            queue.settle(claim, List.of(given.get(0).orderId()), refusal(given.get(1)), 5);
        }
        assertThat(given).extracting(TicketFixtures::state).containsOnly(TicketState.WAITING);
        assertThat(writtenOrders()).isEmpty();
        assertThat(called(TEA)).isZero();
        assertThat(served().tickets()).isEqualTo(given);
    }

    @Test
    void orderThatTookTheIdMeanwhile_isTheReasonOfTheFailure() {
        List<NewOrder> given = given(TEA, TEA);
        try (LocalTransaction serving = ORDERS.begin()) {
            TicketQueue queue = queueIn(serving);
            TicketClaim claim = queue.claim().orElseThrow();
            alreadyOrdered(given.get(1));
            assertThatExceptionOfType(EJBException.class)
                    .isThrownBy(() -> queue.settle(claim, claim.ticketIds(), Map.of(), 0))
                    .matches(SqlState.UNIQUE_VIOLATION::isReasonOf)
                    .matches(refused -> !SqlState.LOCK_NOT_AVAILABLE.isReasonOf(refused));
        }
        assertThat(writtenOrders()).containsExactly(given.get(1).orderId().toString());
    }

    /** At the commit nobody could be told which tickets are to blame. */
    @Test
    void whatTheCommitWouldRefuse_isRefusedBySettling() {
        given(TEA);
        try (LocalTransaction serving = ORDERS.begin()) {
            serving.sql()
                    .execute("CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS $$"
                            + " BEGIN RAISE 'refused at the commit'; END $$;"
                            + " CREATE CONSTRAINT TRIGGER refuse AFTER INSERT ON customer_order"
                            + " DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION refuse()");
            TicketQueue queue = queueIn(serving);
            TicketClaim claim = queue.claim().orElseThrow();
            assertThatExceptionOfType(EJBException.class)
                    .isThrownBy(() -> queue.settle(claim, claim.ticketIds(), Map.of(), 0))
                    .withStackTraceContaining("refused at the commit");
        }
    }

    @Test
    void onlyReadyTickets_areReady() {
        List<NewOrder> given = given(TEA, TEA, COFFEE);
        UUID failed = failed(TEA).orderId();
        committed(queue -> {
            queue.settle(queue.claim().orElseThrow(), List.of(given.get(0).orderId()), refusal(given.get(1)), 0);
            return null;
        });
        List<UUID> all = Stream.concat(given.stream().map(NewOrder::orderId), Stream.of(failed, UUID.randomUUID()))
                .toList();
        try (LocalTransaction serving = ORDERS.begin()) {
            assertThat(queueIn(serving).readyAmong(all))
                    .containsExactly(given.get(0).orderId());
            assertThat(queueIn(serving).readyAmong(Set.of())).isEmpty();
        }
    }

    private static void settledWithin(double seconds) {
        committed(queue -> {
            TicketClaim claim = queue.claim().orElseThrow();
            queue.settle(claim, claim.ticketIds(), Map.of(), seconds);
            return null;
        });
    }

    private static double secondsEach() {
        return length(TEA).secondsEach().orElseThrow();
    }

    private static long called(int productId) {
        return length(productId).called();
    }
}
