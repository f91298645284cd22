package dev.lockstep.shop.ticket.control;

import dev.lockstep.web.Failures;
import jakarta.annotation.Resource;
import jakarta.enterprise.concurrent.ContextService;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.BeforeDestroyed;
import jakarta.enterprise.context.Initialized;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** The workers of this instance: each serves tickets as long as there are any, then waits for the bell. */
@ApplicationScoped
public class TicketWorkers {

    /** So many queues are served at once by an instance. */
    static final int WORKERS = 2;

    private static final Logger LOG = System.getLogger(TicketWorkers.class.getName());

    /** A worker looks so often though nobody rings: other instances' bells may be lost, and pauses end. */
    private static final Duration LOOK = Duration.ofSeconds(1);

    private static final Duration FIRST_PAUSE = Duration.ofMillis(50);

    private final TicketCounter counter;
    private final Bell bell;
    private final CountDownLatch closing = new CountDownLatch(1);
    private final Crew crew = new Crew("ticket-worker");

    @Resource
    private ContextService context;

    /** For the container's proxy. */
    protected TicketWorkers() {
        this(null, null);
    }

    /**
     * The constructor the container uses.
     *
     * @param counter serves tickets
     * @param bell tells of new ones
     */
    @Inject
    public TicketWorkers(TicketCounter counter, Bell bell) {
        this.counter = counter;
        this.bell = bell;
    }

    void begin(@Observes @Initialized(ApplicationScoped.class) Object application) {
        crew.begin(WORKERS, context.contextualRunnable(this::work));
    }

    /** Before the services are gone. */
    void end(@Observes @BeforeDestroyed(ApplicationScoped.class) Object application) {
        closing.countDown();
        crew.end();
    }

    void work() {
        Duration pause = Duration.ZERO;
        try {
            while (!closing.await(pause.toMillis(), TimeUnit.MILLISECONDS)) {
                pause = serve(pause);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // the application ends its threads
        }
    }

    /** Returns how long to pause then: while a database is away twice as long each time, up to a second. */
    private Duration serve(Duration pauseBefore) throws InterruptedException {
        try {
            if (!counter.serveNext()) {
                bell.await(LOOK);
            }
            return Duration.ZERO;
        } catch (RuntimeException | Error e) { // this is the last chance: a worker that ends is not replaced
            LOG.log(
                    pauseBefore.isZero() ? Level.WARNING : Level.DEBUG,
                    "Tickets cannot be served now, and will be later: " + Failures.reason(e),
                    e);
            Duration longer = pauseBefore.isZero() ? FIRST_PAUSE : pauseBefore.multipliedBy(2);
            return longer.compareTo(LOOK) < 0 ? longer : LOOK;
        }
    }
}
