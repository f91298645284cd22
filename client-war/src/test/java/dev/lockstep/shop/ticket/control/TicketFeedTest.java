package dev.lockstep.shop.ticket.control;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.order.boundary.NewOrder;
import dev.lockstep.order.ticket.Ticket;
import dev.lockstep.order.ticket.TicketReason;
import dev.lockstep.order.ticket.TicketState;
import dev.lockstep.web.stream.ListeningBrowser;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

class TicketFeedTest {

    private static final NewOrder WANTED = new NewOrder(UUID.randomUUID(), "a ticket", 1, 2);
    private static final int BROWSERS = 5_000;

    private final TicketFeed feed = new TicketFeed();

    private static Ticket ticket(TicketState state) {
        return ticket(WANTED, state);
    }

    private static Ticket ticket(NewOrder wanted, TicketState state) {
        return new Ticket(
                wanted,
                7,
                Instant.EPOCH,
                state,
                0,
                state == TicketState.SOLD_OUT ? Optional.of(TicketReason.outOfStock(1)) : Optional.empty(),
                Optional.empty(),
                OptionalLong.empty(),
                6,
                OptionalDouble.empty());
    }

    private ListeningBrowser joined(TicketState state) throws Exception {
        ListeningBrowser browser = new ListeningBrowser();
        assertThat(feed.join(ticket(state), browser.request(), browser.response()))
                .isTrue();
        return browser;
    }

    /** Scenario: browsers come and go while the lookout looks. Expected outcome: whoever has joined hears what comes. */
    @Test
    void browser_neverJoinsAFeedThatIsBeingClosed() throws Exception {
        AtomicBoolean isOver = new AtomicBoolean();
        Thread lookout = new Thread(() -> {
            while (!isOver.get()) {
                feed.tell(List.of(ticket(TicketState.WAITING)));
            }
        });
        lookout.start();
        try {
            for (int i = 0; i < BROWSERS; i++) {
                ListeningBrowser browser = joined(TicketState.WAITING);
                feed.stillHere();
                assertThat(browser.received()).as("browser " + i).contains("WAITING", "alive");
                browser.leave();
            }
        } finally {
            isOver.set(true);
            lookout.join();
        }
    }

    /** Scenario: a second browser comes just after the end was told. Expected outcome: it, too, has a look's time to take that. */
    @Test
    void end_isTold_andThenTheStreamEnds() throws Exception {
        ListeningBrowser browser = joined(TicketState.WAITING);
        List<Ticket> soldOut = List.of(ticket(TicketState.SOLD_OUT));
        feed.tell(soldOut);
        ListeningBrowser late = joined(TicketState.SOLD_OUT);
        assertThat(List.of(browser, late))
                .allSatisfy(one -> assertThat(one.received()).contains("SOLD_OUT"));
        feed.tell(soldOut);
        assertThat(late.hasEnded()).isFalse();

        feed.tell(soldOut);

        assertThat(List.of(browser, late)).allMatch(ListeningBrowser::hasEnded);
        assertThat(feed.watched()).isEmpty();
    }

    @Test
    void browserThatComesAfterTheEndOfTheApplication_isSentAway() throws Exception {
        ListeningBrowser before = joined(TicketState.WAITING);
        feed.end();
        assertThat(before.hasEnded()).isTrue();
        ListeningBrowser after = new ListeningBrowser();
        assertThat(feed.join(ticket(TicketState.WAITING), after.request(), after.response()))
                .isFalse();
    }

    /** Scenario: somebody looks at as many tickets as may be watched, and leaves at once. Expected outcome: others can listen. */
    @Test
    void browsersThatCameAndWent_keepNobodyOut() throws Exception {
        for (int i = 0; i < 2 * TicketFeed.STREAMS_MAX; i++) {
            ListeningBrowser browser = new ListeningBrowser();
            feed.join(
                    ticket(new NewOrder(UUID.randomUUID(), "looked at", 1, 2), TicketState.WAITING),
                    browser.request(),
                    browser.response());
            browser.leave();
        }
        joined(TicketState.WAITING);
        assertThat(feed.watched()).hasSizeLessThanOrEqualTo(TicketFeed.STREAMS_MAX);
    }

    /** Scenario: one address listens to as many tickets as may be watched. Expected outcome: another one gets a place. */
    @Test
    void addressThatListensToEverything_shutsNobodyOut() throws Exception {
        for (int i = 0; i < TicketFeed.STREAMS_MAX; i++) {
            ListeningBrowser browser = new ListeningBrowser("198.51.100.1");
            feed.join(
                    ticket(new NewOrder(UUID.randomUUID(), "listened to", 1, 2), TicketState.WAITING),
                    browser.request(),
                    browser.response());
        }
        ListeningBrowser honest = joined(TicketState.WAITING);
        assertThat(honest.received()).contains("WAITING");
    }
}
