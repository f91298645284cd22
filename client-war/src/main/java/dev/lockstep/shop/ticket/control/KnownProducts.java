package dev.lockstep.shop.ticket.control;

import dev.lockstep.product.boundary.TicketStock;
import dev.lockstep.web.Failures;
import jakarta.annotation.Resource;
import jakarta.ejb.EJB;
import jakarta.enterprise.concurrent.ContextService;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.BeforeDestroyed;
import jakarta.enterprise.context.Initialized;
import jakarta.enterprise.event.Observes;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * The products that there are, as far as the last look tells. One thread looks about once a second, and sooner after a question that it
 * could not answer with yes; whoever asks is never made to wait for the product database. Thread-safe.
 */
@ApplicationScoped
public class KnownProducts {

    private static final Logger LOG = System.getLogger(KnownProducts.class.getName());

    private static final Duration LOOK = Duration.ofSeconds(1);
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(100);

    /** A look at very many products takes time, and is rested from; but on a busy machine it may have waited for its turn alone. */
    private static final int REST_FACTOR = 30;

    private static final Duration REST_MAX = Duration.ofSeconds(5);

    private final Semaphore misses = new Semaphore(0);
    private final CountDownLatch closing = new CountDownLatch(1);
    private final ApplicationThreads threads = new ApplicationThreads("product-watch");
    private volatile int[] known; // ascending; null as long as the product database has told nothing

    @EJB // not @Inject, for the reason told in OrdersServlet
    TicketStock stock;

    @Resource
    private ContextService context;

    void begin(@Observes @Initialized(ApplicationScoped.class) Object application) {
        threads.begin(1, context.contextualRunnable(this::watch));
    }

    /** Before the services are gone. */
    void end(@Observes @BeforeDestroyed(ApplicationScoped.class) Object application) {
        closing.countDown();
        threads.end();
    }

    /**
     * Tells whether there is no such product.
     *
     * @param productId any number
     * @return true if the last look did not find it; false also if nobody could look yet, or if it has gone since
     */
    public boolean isUnknown(int productId) {
        int[] products = known;
        boolean isUnknown = products != null && Arrays.binarySearch(products, productId) < 0;
        if (isUnknown && misses.availablePermits() == 0) {
            misses.release();
        }
        return isUnknown;
    }

    /** Goes on whatever happens. */
    void watch() {
        try {
            long rest = 0;
            while (!closing.await(rest, TimeUnit.NANOSECONDS)) {
                long began = System.nanoTime();
                look();
                rest = rest(System.nanoTime() - began);
                misses.tryAcquire(LOOK.toMillis(), TimeUnit.MILLISECONDS);
                misses.drainPermits();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // the application ends its threads
        }
    }

    private static long rest(long took) {
        return Math.max(BETWEEN_LOOKS.toNanos(), Math.min(REST_MAX.toNanos(), REST_FACTOR * took));
    }

    /** If it fails what was known before stays. */
    void look() {
        try {
            known = stock.productIds();
        } catch (RuntimeException | Error e) { // others tell loudly enough that the database is away
            LOG.log(Level.DEBUG, "No look at the products: " + Failures.reason(e), e);
        }
    }
}
