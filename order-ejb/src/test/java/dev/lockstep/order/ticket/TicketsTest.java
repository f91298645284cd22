package dev.lockstep.order.ticket;

import static dev.lockstep.order.ticket.TicketFixtures.CAKE;
import static dev.lockstep.order.ticket.TicketFixtures.COFFEE;
import static dev.lockstep.order.ticket.TicketFixtures.NOON;
import static dev.lockstep.order.ticket.TicketFixtures.ORDERS;
import static dev.lockstep.order.ticket.TicketFixtures.TEA;
import static dev.lockstep.order.ticket.TicketFixtures.committed;
import static dev.lockstep.order.ticket.TicketFixtures.failed;
import static dev.lockstep.order.ticket.TicketFixtures.given;
import static dev.lockstep.order.ticket.TicketFixtures.queueIn;
import static dev.lockstep.order.ticket.TicketFixtures.refused;
import static dev.lockstep.order.ticket.TicketFixtures.served;
import static dev.lockstep.order.ticket.TicketFixtures.ticket;
import static dev.lockstep.order.ticket.TicketFixtures.wish;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.within;

import dev.lockstep.order.boundary.NewOrder;
import dev.lockstep.order.boundary.PlacedOrder;
import dev.lockstep.order.control.OrdersSql;
import dev.lockstep.testing.LocalTransaction;
import jakarta.ejb.EJBException;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How tickets are given and shown, on a real orders database. */
class TicketsTest {

    private static final int BISCUIT = 4;

    private final Tickets tickets = TicketFixtures.tickets();

    @BeforeEach
    void nothingIsLeft() {
        ORDERS.empty();
    }

    @Test
    void tickets_areNumberedInTheOrderOfTheWishes() {
        List<NewOrder> wanted = List.of(wish(COFFEE), wish(TEA), wish(COFFEE), wish(TEA));
        List<Ticket> given = tickets.issue(wanted);
        assertThat(given).extracting(Ticket::order).containsExactlyElementsOf(wanted);
        assertThat(given).extracting(Ticket::number).containsExactly(1L, 2L, 3L, 4L);
    }

    @Test
    void newTicket_waitsAndHasNoHistory() {
        NewOrder wanted = wish(TEA);
        Instant before = databaseClock();
        Ticket given = tickets.issue(List.of(wanted)).get(0);
        assertThat(given.givenAt()).isBetween(before, databaseClock());
        assertThat(given)
                .isEqualTo(new Ticket(
                        wanted,
                        1,
                        given.givenAt(),
                        TicketState.WAITING,
                        0,
                        Optional.empty(),
                        Optional.empty(),
                        OptionalLong.empty(),
                        0,
                        OptionalDouble.empty()));
    }

    @Test
    void secondTicketOfAnId_isNotGiven_andTheFirstStaysAsItIs() {
        NewOrder first = given(TEA).get(0);
        NewOrder second = new NewOrder(first.orderId(), "somebody else", COFFEE, 9);
        NewOrder other = wish(CAKE);
        assertThat(tickets.issue(List.of(second, other)))
                .extracting(Ticket::order)
                .containsExactly(other);
        assertThat(ticket(first).fulfils(first)).isTrue();
    }

    @Test
    void idTwiceInOneRequest_isGivenOnce() {
        NewOrder first = wish(TEA);
        NewOrder second = new NewOrder(first.orderId(), "somebody else", TEA, 9);
        assertThat(tickets.issue(List.of(first, second)))
                .extracting(Ticket::order)
                .containsExactly(first);
        assertThat(tickets.count(TicketState.WAITING)).isEqualTo(1);
    }

    /** Names travel in an array, which has a syntax of its own. */
    @ParameterizedTest
    @ValueSource(strings = {"{tea,\"green\"}", "NULL", "back\\slash", "it's", " 🍵 "})
    void name_arrivesAsItWasWritten(String name) {
        NewOrder wanted = wish(TEA, name);
        tickets.issue(List.of(wanted));
        assertThat(ticket(wanted).order().orderName()).isEqualTo(name);
    }

    @Test
    void databaseRefusesOneOfThem_noneIsGiven() {
        ORDERS.sql().execute("ALTER TABLE ticket ADD CONSTRAINT no_cake CHECK (product_id <> " + CAKE + ")");
        try {
            assertThatExceptionOfType(EJBException.class)
                    .isThrownBy(() -> given(TEA, CAKE, COFFEE))
                    .withStackTraceContaining("no_cake")
                    .withCauseInstanceOf(SQLException.class);
        } finally {
            ORDERS.sql().execute("ALTER TABLE ticket DROP CONSTRAINT no_cake");
        }
        assertThat(tickets.count(TicketState.WAITING)).isZero();
        assertThat(tickets.totals()).isEqualTo(new TicketTotals(0, 0, 0));
    }

    @Test
    void giving_doesNotWaitForWhoeverServesTheProduct() {
        given(TEA);
        try (LocalTransaction serving = ORDERS.begin()) {
            assertThat(queueIn(serving).claim()).isPresent();
            assertThat(tickets.issue(List.of(wish(TEA)))).hasSize(1);
        }
    }

    @Test
    void place_countsTheWaitingTicketsOfItsProductAhead() {
        List<NewOrder> given = given(TEA, COFFEE, TEA, TEA);
        assertThat(given)
                .extracting(wanted -> ticket(wanted).place())
                .containsExactly(place(1), place(1), place(2), place(3));
    }

    @Test
    void servedTickets_areAheadOfNobody() {
        NewOrder first = given(TEA).get(0);
        served();
        NewOrder failed = failed(TEA);
        NewOrder last = given(TEA).get(0);
        assertThat(ticket(last).place()).isEqualTo(place(1));
        assertThat(ticket(first).place()).isEmpty();
        assertThat(ticket(failed).place()).isEmpty();
    }

    @Test
    void readyTicket_showsItsOrder() {
        NewOrder wanted = given(TEA).get(0);
        served();
        Ticket ready = ticket(wanted);
        assertThat(ready.state()).isEqualTo(TicketState.READY);
        assertThat(ready.placed())
                .contains(new PlacedOrder(wanted.orderId(), wanted.orderName(), NOON, TEA, wanted.quantity()));
    }

    /** There may be an order of the same id that did not come from the ticket. */
    @Test
    void ticketThatIsNotReady_showsNoOrder() {
        NewOrder wanted = given(TEA).get(0);
        ORDERS.sql().execute("INSERT INTO customer_order SELECT ticket_id, 'another', now(), 1, 1 FROM ticket");
        assertThat(ticket(wanted).readyAt()).isEmpty();
    }

    @Test
    void refusedTicket_showsWhy() {
        NewOrder wanted = given(TEA).get(0);
        refused(TicketReason.outOfStock(1));
        assertThat(ticket(wanted).state()).isEqualTo(TicketState.SOLD_OUT);
        assertThat(ticket(wanted).reason()).contains(TicketReason.outOfStock(1));
        assertThat(ticket(wanted).readyAt()).isEmpty();
    }

    @Test
    void ticket_showsHowItsQueueGoesOn() {
        List<NewOrder> given = given(TEA, TEA, COFFEE, TEA);
        committed(queue -> {
            TicketClaim claim = queue.claim().orElseThrow();
            TicketClaim firstTwo =
                    new TicketClaim(claim.number(), TEA, claim.tickets().subList(0, 2));
            queue.settle(firstTwo, firstTwo.ticketIds(), Map.of(), 3);
            return null;
        });
        assertThat(ticket(given.get(3)).called()).isEqualTo(2);
        assertThat(ticket(given.get(3)).secondsEach()).hasValueCloseTo(1.5, within(1e-9));
        assertThat(ticket(given.get(2)).called()).isZero();
        assertThat(ticket(given.get(2)).secondsEach()).isEmpty();
    }

    @Test
    void onlyGivenTickets_areFound() {
        List<NewOrder> given = given(TEA, COFFEE, TEA);
        assertThat(tickets.tickets(List.of(
                        given.get(2).orderId(), UUID.randomUUID(), given.get(0).orderId())))
                .extracting(Ticket::order)
                .containsExactlyInAnyOrder(given.get(0), given.get(2));
        assertThat(tickets.tickets(List.of())).isEmpty();
        assertThat(tickets.ticket(UUID.randomUUID())).isEmpty();
    }

    /** A server of an earlier version may serve beside this one, and knows no codes. */
    @Test
    void wordsWithoutACode_areAnOperatorsOrADatabases() {
        List<NewOrder> given = given(TEA, TEA);
        ORDERS.sql().execute("UPDATE ticket SET state = 'SOLD_OUT', reason = 'sorry' WHERE ticket_number = 1");
        ORDERS.sql().execute("UPDATE ticket SET state = 'FAILED', reason = 'ERROR: no' WHERE ticket_number = 2");
        assertThat(ticket(given.get(0)).reason()).contains(TicketReason.refused("sorry"));
        assertThat(ticket(given.get(1)).reason()).contains(TicketReason.rejected("ERROR: no"));
    }

    @Test
    void idThatAnOrderHas_isGivenToNoTicket_andMakesNoQueue() {
        NewOrder wanted = wish(TEA);
        TicketFixtures.alreadyOrdered(wanted);
        assertThat(tickets.issue(List.of(wanted))).isEmpty();
        assertThat(tickets.ticket(wanted.orderId())).isEmpty();
        assertThat(tickets.totals()).isEqualTo(new TicketTotals(0, 0, 0));
    }

    @Test
    void failedTickets_areListedFromTheNewest_pageByPage() {
        given(TEA);
        NewOrder first = failed(COFFEE);
        NewOrder second = failed(TEA);
        NewOrder third = failed(COFFEE);
        List<Ticket> page = tickets.failed(Long.MAX_VALUE, 2);
        assertThat(page).extracting(Ticket::order).containsExactly(third, second);
        assertThat(page.get(0).reason()).contains(TicketReason.rejected("its own fault"));
        assertThat(tickets.failed(page.get(1).number(), 50))
                .extracting(Ticket::order)
                .containsExactly(first);
        assertThat(tickets.failed(1, 50)).isEmpty();
    }

    @Test
    void queues_areCountedByProduct_pageByPage() {
        given(COFFEE);
        served();
        failed(TEA);
        given(TEA, CAKE, TEA);
        QueueLength tea = new QueueLength(TEA, 2, 0, OptionalDouble.empty());
        QueueLength coffee = new QueueLength(COFFEE, 0, 1, OptionalDouble.of(0));
        QueueLength cake = new QueueLength(CAKE, 1, 0, OptionalDouble.empty());
        assertThat(tickets.queues(Integer.MIN_VALUE, 50)).containsExactly(tea, coffee, cake);
        assertThat(tickets.queues(Integer.MIN_VALUE, 2)).containsExactly(tea, coffee);
        assertThat(tickets.queues(CAKE, 2)).containsExactly(cake);
        assertThat(tickets.queue(COFFEE)).contains(coffee);
        assertThat(tickets.queue(CAKE + 1)).isEmpty();
        assertThat(tickets.queue(TEA - 1)).as("not the next one").isEmpty();
    }

    @Test
    void tickets_areCountedByState_andQueues() {
        given(COFFEE);
        served();
        failed(TEA);
        given(TEA, CAKE);
        assertThat(tickets.totals()).isEqualTo(new TicketTotals(2, 1, 3));
        assertThat(tickets.count(TicketState.WAITING)).isEqualTo(2);
        assertThat(tickets.count(TicketState.FAILED)).isEqualTo(1);
    }

    /** Tea was called less than an hour ago, coffee has a ticket that waits, and cake one that FAILED. */
    @Test
    void queueThatNobodyUsesForAnHour_isForgotten() {
        given(TEA, COFFEE);
        served();
        failed(CAKE);
        given(BISCUIT);
        ORDERS.sql().execute("UPDATE ticket SET state = 'READY' WHERE product_id = " + BISCUIT);
        ORDERS.sql()
                .execute("UPDATE ticket_queue SET called_at = now() - interval '59 minutes' WHERE product_id = " + TEA);
        ORDERS.sql()
                .execute(
                        "UPDATE ticket_queue SET called_at = now() - interval '61 minutes' WHERE product_id <> " + TEA);
        tickets.forgetIdleQueues();
        assertThat(tickets.queues(Integer.MIN_VALUE, 50))
                .extracting(QueueLength::productId)
                .containsExactly(TEA, COFFEE, CAKE);
    }

    /** Scenario: a queue is idle, and somebody is just giving a ticket in it. Expected: nobody waits, and no ticket is left without queue. */
    @Test
    void queueInWhichATicketIsBeingGiven_isNotForgotten() {
        given(TEA);
        served();
        ORDERS.sql().execute("UPDATE ticket_queue SET called_at = now() - interval '2 hours'");
        try (LocalTransaction giving = ORDERS.begin()) {
            new Tickets(new OrdersSql(giving.dataSource()), null).issue(List.of(wish(TEA)));
            tickets.forgetIdleQueues();
            giving.commit();
        }
        tickets.forgetIdleQueues();
        assertThat(served().productId()).isEqualTo(TEA);
    }

    @Test
    void ticketOfAnOpenTransaction_isUndecidedUntilItEnds() {
        NewOrder wanted = wish(TEA);
        try (LocalTransaction giving = ORDERS.begin()) {
            new Tickets(new OrdersSql(giving.dataSource()), null).issue(List.of(wanted));
            assertThat(tickets.ticket(wanted.orderId())).isEmpty();
            assertThat(isUndecided(wanted)).isTrue();
        }
        assertThat(isUndecided(wanted)).isFalse();
        assertThat(isUndecided(given(TEA).get(0))).isFalse();
    }

    /** Anybody may ask for any ticket, as often as he likes. */
    @Test
    void askingForATicketWhenNobodyWritesOne_writesNothing() {
        try (LocalTransaction asking = ORDERS.begin()) {
            Tickets service = new Tickets(new OrdersSql(asking.dataSource()), new MarkedForRollback());
            assertThat(service.isUndecided(UUID.randomUUID())).isFalse();
            assertThat(asking.sql().column("SELECT pg_current_xact_id_if_assigned()"))
                    .containsOnlyNulls();
        }
    }

    /** The question is an insert then; were it not rolled back, it would be a ticket. */
    @Test
    void askingWhetherATicketIsUndecided_givesNone() {
        try (LocalTransaction giving = ORDERS.begin()) {
            new Tickets(new OrdersSql(giving.dataSource()), null).issue(List.of(wish(COFFEE)));
            assertThat(isUndecided(wish(TEA))).isFalse();
        }
        assertThat(ORDERS.sql().column("SELECT ticket_id FROM ticket")).isEmpty();
    }

    @Test
    void databaseThatCannotTell_isNotUnderstoodAsUndecided() {
        MarkedForRollback mark = new MarkedForRollback();
        try (LocalTransaction asking = ORDERS.begin()) {
            asking.sql().execute("ALTER TABLE ticket RENAME TO mislaid");
            Tickets service = new Tickets(new OrdersSql(asking.dataSource()), mark);
            assertThatExceptionOfType(EJBException.class)
                    .isThrownBy(() -> service.isUndecided(UUID.randomUUID()))
                    .withStackTraceContaining("relation \"ticket\" does not exist");
        }
        assertThat(mark.getRollbackOnly()).isTrue();
    }

    @Test
    void allInstances_areTold() {
        try (Announcements heard = new Announcements(ORDERS, "ticket_given")) {
            tickets.tell("ticket_given");
            tickets.tell("something_else");
            assertThat(heard.soFar()).containsExactly("");
        }
    }

    /** As the container does it: in a transaction of its own, which ends as it was marked. */
    private static boolean isUndecided(NewOrder wanted) {
        MarkedForRollback mark = new MarkedForRollback();
        try (LocalTransaction asking = ORDERS.begin()) {
            boolean isUndecided = new Tickets(new OrdersSql(asking.dataSource()), mark).isUndecided(wanted.orderId());
            if (!mark.getRollbackOnly()) {
                asking.commit();
            }
            return isUndecided;
        }
    }

    private static OptionalLong place(long place) {
        return OptionalLong.of(place);
    }

    private static Instant databaseClock() {
        return Instant.parse(ORDERS.sql()
                .value("SELECT to_char(clock_timestamp() AT TIME ZONE 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS.US\"Z\"')"));
    }
}
