package dev.lockstep.ticket.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.lockstep.order.boundary.NewOrder;
import dev.lockstep.order.ticket.Ticket;
import dev.lockstep.order.ticket.Tickets;
import dev.lockstep.watch.control.TicketJournal;
import dev.lockstep.watch.control.ToldInTheLog;
import jakarta.ejb.EJBException;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.Statement;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What ends no thread that gives tickets, serves them, or looks out for them: nobody would take its place. */
@Timeout(20)
class TicketThreadsTest {

    private static final int TRIES = 2;

    private final CountDownLatch tried = new CountDownLatch(TRIES);
    private final Bell bell = new Bell();

    private static Error rare() {
        return new NoClassDefFoundError("for a moment");
    }

    @Test
    void clerk_survivesAnError_andAnswersThatNothingIsKnown() throws Exception {
        TicketOffice office = new TicketOffice(new QueueLimit(), bell, new TicketJournal());
        AtomicInteger asked = new AtomicInteger();
        office.tickets = new Tickets() {
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
        Thread clerk = started(office::work);
        try {
            NewOrder first = new NewOrder(UUID.randomUUID(), "first", 1, 1);
            assertThatExceptionOfType(EJBException.class)
                    .isThrownBy(() -> office.issue(first))
                    .withRootCauseInstanceOf(NoClassDefFoundError.class);
            assertThat(office.issue(new NewOrder(UUID.randomUUID(), "second", 1, 1)))
                    .isEqualTo(Optional.empty());
            assertThat(office.isUnderWay(first.orderId())).isFalse();
        } finally {
            office.end(null);
            clerk.join();
        }
    }

    @Test
    void worker_survivesErrors_andTellsThemOnce() throws Exception {
        TicketWorkers workers = new TicketWorkers(
                new TicketCounter(null) {
                    @Override
                    public boolean serveNext() {
                        tried.countDown();
                        throw rare();
                    }
                },
                bell);
        assertThat(toldBy(TicketWorkers.class, workers::work, () -> workers.end(null)))
                .singleElement()
                .asString()
                .contains("Tickets cannot be served now", "for a moment");
    }

    @Test
    void lookout_survivesErrors_andTellsThemOnce() throws Exception {
        TicketLookout lookout = new TicketLookout(bell, new QueueLimit(), new TicketFeed());
        lookout.orders = saying(DataSource.class, (proxy, method, arguments) -> {
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
        assertThat(toldBy(TicketLookout.class, lookout::watch, () -> lookout.end(null)))
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
