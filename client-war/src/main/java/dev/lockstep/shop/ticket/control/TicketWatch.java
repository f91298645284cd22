package dev.lockstep.shop.ticket.control;

import dev.lockstep.order.ticket.TicketState;
import dev.lockstep.order.ticket.Tickets;
import dev.lockstep.web.Failures;
import jakarta.annotation.Resource;
import jakarta.ejb.EJB;
import jakarta.enterprise.concurrent.ContextService;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.BeforeDestroyed;
import jakarta.enterprise.context.Initialized;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;

/**
 * One thread that waits for news of tickets, from this instance and others: it wakes those who serve, counts who waits, tells the feed, and now
 * and then forgets idle queues. It reads ten times a second at most and once a second at least, one reading for all who listen.
 */
@ApplicationScoped
public class TicketWatch {

    private static final Logger LOG = System.getLogger(TicketWatch.class.getName());

    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(100);
    private static final Duration LOOK = Duration.ofSeconds(1);
    private static final Duration BETWEEN_COUNTS = Duration.ofMillis(500); // counting takes time where many wait
    private static final Duration BETWEEN_SIGNS = Duration.ofSeconds(4);
    private static final Duration BETWEEN_FORGETTINGS = Duration.ofMinutes(1);

    private final ServingThreads serving;
    private final QueueLimit limit;
    private final TicketFeed feed;
    private final CountDownLatch closing = new CountDownLatch(1);
    private final ApplicationThreads threads = new ApplicationThreads("ticket-watch");

    @EJB // not @Inject, for the reason told in OrdersServlet
    Tickets tickets;

    @Resource(lookup = "jdbc/orders")
    DataSource orders;

    @Resource
    private ContextService context;

    private long lastCount = System.nanoTime() - BETWEEN_COUNTS.toNanos();
    private long lastSign = System.nanoTime();
    private long lastForgetting = System.nanoTime();
    private boolean isAway;

    /** For the container's proxy. */
    protected TicketWatch() {
        this(null, null, null);
    }

    /**
     * The constructor the container uses.
     *
     * @param serving the threads that serve, to be woken
     * @param limit wants to know how many wait
     * @param feed wants to know what has become of its tickets
     */
    @Inject
    public TicketWatch(ServingThreads serving, QueueLimit limit, TicketFeed feed) {
        this.serving = serving;
        this.limit = limit;
        this.feed = feed;
    }

    void begin(@Observes @Initialized(ApplicationScoped.class) Object application) {
        threads.begin(1, context.contextualRunnable(this::watch));
    }

    /** Before the services are gone. */
    void end(@Observes @BeforeDestroyed(ApplicationScoped.class) Object application) {
        closing.countDown();
        threads.end();
    }

    /** Goes on whatever happens; a failure is told once, until a look has succeeded. */
    void watch() {
        try {
            while (!closing.await(isAway ? LOOK.toMillis() : 0, TimeUnit.MILLISECONDS)) {
                try (TicketNews news = TicketNews.open(orders)) {
                    listen(news);
                } catch (SQLException | RuntimeException | Error e) {
                    LOG.log(isAway ? Level.DEBUG : Level.WARNING, "No news of tickets: " + Failures.reason(e), e);
                    isAway = true;
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // the application ends its threads
        }
    }

    private void listen(TicketNews news) throws SQLException, InterruptedException {
        while (!closing.await(BETWEEN_LOOKS.toMillis(), TimeUnit.MILLISECONDS)) {
            Set<String> about = news.await(LOOK);
            if (about.contains(TicketNews.GIVEN)) {
                serving.wake();
            }
            look();
            isAway = false;
            if (isOver(BETWEEN_SIGNS, lastSign)) {
                lastSign = System.nanoTime();
                feed.stillHere();
            }
        }
    }

    private void look() {
        if (isOver(BETWEEN_COUNTS, lastCount)) {
            long mark = limit.mark();
            limit.counted(tickets.count(TicketState.WAITING), mark);
            lastCount = System.nanoTime();
        }
        if (isOver(BETWEEN_FORGETTINGS, lastForgetting)) {
            lastForgetting = System.nanoTime();
            tickets.forgetIdleQueues();
        }
        Set<UUID> watched = feed.watched();
        if (!watched.isEmpty()) {
            feed.tell(tickets.tickets(watched));
        }
    }

    private static boolean isOver(Duration pause, long since) {
        return System.nanoTime() - since >= pause.toNanos();
    }
}
