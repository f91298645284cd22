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
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** The threads of this instance that serve tickets: each as long as there are any, then it waits to be woken. Thread-safe. */
@ApplicationScoped
public class ServingThreads {

    /** So many queues are served at once by an instance. */
    private static final int THREADS = 2;

    private static final Logger LOG = System.getLogger(ServingThreads.class.getName());

    /** A thread looks so often though nobody wakes it: what other instances tell may be lost, and pauses end. */
    private static final Duration LOOK = Duration.ofSeconds(1);

    private static final Duration FIRST_PAUSE = Duration.ofMillis(50);

    private final TicketServing serving;
    private final Semaphore wakes = new Semaphore(0);
    private final CountDownLatch closing = new CountDownLatch(1);
    private final ApplicationThreads threads = new ApplicationThreads("ticket-serving");

    @Resource
    private ContextService context;

    /** For the container's proxy. */
    protected ServingThreads() {
        this(null);
    }

    /**
     * The constructor the container uses.
     *
     * @param serving serves tickets
     */
    @Inject
    public ServingThreads(TicketServing serving) {
        this.serving = serving;
    }

    void begin(@Observes @Initialized(ApplicationScoped.class) Object application) {
        threads.begin(THREADS, context.contextualRunnable(this::work));
    }

    /** Before the services are gone. */
    void end(@Observes @BeforeDestroyed(ApplicationScoped.class) Object application) {
        closing.countDown();
        threads.end();
    }

    /** Wakes a thread that waits, or keeps the next one from waiting. */
    void wake() {
        if (wakes.availablePermits() < THREADS) {
            wakes.release();
        }
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
            if (!serving.serveNext()) {
                wakes.tryAcquire(LOOK.toMillis(), TimeUnit.MILLISECONDS);
            }
            return Duration.ZERO;
        } catch (RuntimeException | Error e) { // this is the last chance: a thread that ends is not replaced
            LOG.log(
                    pauseBefore.isZero() ? Level.WARNING : Level.DEBUG,
                    "Tickets cannot be served now, and will be later: " + Failures.reason(e),
                    e);
            Duration longer = pauseBefore.isZero() ? FIRST_PAUSE : pauseBefore.multipliedBy(2);
            return longer.compareTo(LOOK) < 0 ? longer : LOOK;
        }
    }
}
