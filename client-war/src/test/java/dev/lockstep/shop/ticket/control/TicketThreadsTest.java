package dev.lockstep.shop.ticket.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.lockstep.order.boundary.NewOrder;
import dev.lockstep.order.ticket.Ticket;
import dev.lockstep.order.ticket.Tickets;
import dev.lockstep.shop.order.Problems;
import dev.lockstep.web.ProblemException;
import dev.lockstep.web.stream.ToldInTheLog;
import jakarta.ejb.EJBException;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.Statement;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What ends no thread that issues tickets, serves them, or watches them: none would take its place. */
@Timeout(20)
class TicketThreadsTest {

    private static final int TRIES = 2;

    private final CountDownLatch tried = new CountDownLatch(TRIES);
    private final ServingThreads nobody = new ServingThreads(null);

    private static Error rare() {
        return new NoClassDefFoundError("for a moment");
    }

    @Test
    void issuing_survivesAnError_andAnswersThatNothingIsKnown() throws Exception {
        TicketIssuing issuing = new TicketIssuing(new QueueLimit(), nobody, new TicketJournal());
        AtomicInteger asked = new AtomicInteger();
        issuing.tickets = new Tickets() {
            @Override
            public List<Ticket> issue(List<NewOrder> wanted) {
                if (asked.getAndIncrement() == 0) {
                    throw rare();
                }
                return List.of();
            }

            @Override
            public void tell(String channel) {}
        };
        Thread thread = started(issuing::work);
        try {
            NewOrder first = new NewOrder(UUID.randomUUID(), "first", 1, 1);
            assertThatExceptionOfType(EJBException.class)
                    .isThrownBy(() -> issuing.issue(first))
                    .withRootCauseInstanceOf(NoClassDefFoundError.class);
            assertThat(issuing.issue(new NewOrder(UUID.randomUUID(), "second", 1, 1)))
                    .isEqualTo(Optional.empty());
            assertThat(issuing.isUnderWay(first.orderId())).isFalse();
        } finally {
            issuing.end(null);
            thread.join();
        }
    }

    /** Scenario: the shop closes while a request waits for a thread, and another comes later. Expected: both hear so at once, and no thread is held. */
    @Test
    void issuing_endsWithAnAnswerToAll() throws Exception {
        TicketIssuing issuing = new TicketIssuing(new QueueLimit(), nobody, new TicketJournal());
        NewOrder waiting = new NewOrder(UUID.randomUUID(), "waiting", 1, 1);
        CompletableFuture<Optional<Ticket>> answer = CompletableFuture.supplyAsync(() -> issuing.issue(waiting));
        while (!issuing.isUnderWay(waiting.orderId())) {
            Thread.onSpinWait();
        }
        issuing.end(null);
        assertThat(answer)
                .failsWithin(10, TimeUnit.SECONDS)
                .withThrowableThat()
                .havingCause()
                .isInstanceOfSatisfying(ProblemException.class, closing -> assertThat(closing.problem())
                        .isEqualTo(Problems.closing()));
        assertThatExceptionOfType(ProblemException.class)
                .isThrownBy(() -> issuing.issue(new NewOrder(UUID.randomUUID(), "later", 1, 1)));
        assertThat(issuing.isUnderWay(waiting.orderId())).isFalse();
    }

    @Test
    void serving_survivesErrors_andTellsThemOnce() throws Exception {
        ServingThreads threads = new ServingThreads(new TicketServing(null) {
            @Override
            public boolean serveNext() {
                tried.countDown();
                throw rare();
            }
        });
        assertThat(toldBy(ServingThreads.class, threads::work, () -> threads.end(null)))
                .singleElement()
                .asString()
                .contains("Tickets cannot be served now", "for a moment");
    }

    @Test
    void watch_survivesErrors_andTellsThemOnce() throws Exception {
        TicketWatch watch = new TicketWatch(nobody, new QueueLimit(), new TicketFeed());
        watch.orders = saying(DataSource.class, (proxy, method, arguments) -> {
            tried.countDown();
            return saying(Connection.class, (connection, what, how) -> switch (what.getName()) {
                case "createStatement" ->
                    saying(
                            Statement.class,
                            (statement, asked, of) -> asked.getName().equals("execute") ? false : null);
                case "close" -> null;
                default -> throw rare();
            });
        });
        assertThat(toldBy(TicketWatch.class, watch::watch, () -> watch.end(null)))
                .singleElement()
                .asString()
                .contains("No news of tickets", "for a moment");
    }

    /** Returns what it has told loudly until it has tried often enough. */
    private List<String> toldBy(Class<?> who, Runnable work, Runnable end) throws InterruptedException {
        try (ToldInTheLog told = ToldInTheLog.by(who)) {
            Thread thread = started(work);
            try {
                assertThat(tried.await(10, TimeUnit.SECONDS)).as("tried again").isTrue();
            } finally {
                end.run();
                thread.join();
            }
            return told.loudly();
        }
    }

    private static Thread started(Runnable work) {
        Thread thread = new Thread(work);
        thread.start();
        return thread;
    }

    private static <T> T saying(Class<T> type, InvocationHandler words) {
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, words));
    }
}
