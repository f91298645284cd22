package dev.lockstep.live.control;

import dev.lockstep.watch.control.Feed;
import dev.lockstep.watch.control.Journal;
import dev.lockstep.watch.control.OrderNames;
import dev.lockstep.watch.control.Repeated;
import jakarta.annotation.PreDestroy;
import jakarta.annotation.Resource;
import jakarta.enterprise.concurrent.ManagedExecutorService;
import jakarta.enterprise.concurrent.ManagedScheduledExecutorService;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.Initialized;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/**
 * Sends the shop's state to all who listen, as events named {@code shop}, whenever it has changed, and events named {@code alive} when it
 * has not. Reads nothing while nobody listens. A database that lets a reading wait holds up neither the signs of life nor other feeds.
 */
@ApplicationScoped
public class LiveFeed {

    private static final Logger LOG = System.getLogger(LiveFeed.class.getName());

    private static final Duration TICK = Duration.ofMillis(50);
    private static final Duration PATIENCE = Duration.ofSeconds(2);
    private static final Duration SIGN_OF_LIFE = Duration.ofSeconds(4);

    private final Journal journal;
    private final ShopReader reader;
    private final Feed feed = new Feed();
    private final Pace pace = new Pace();
    private final Runnable reading = new Repeated("The reading of the shop", this::read);

    @Resource
    private ManagedScheduledExecutorService timer;

    @Resource
    private ManagedExecutorService readers;

    private ScheduledFuture<?> ticking;
    private volatile boolean isChanged;
    private ShopState shop = ShopState.UNKNOWN;
    private JsonObject latest = JsonValue.EMPTY_JSON_OBJECT;
    private boolean isReading;
    private Instant readingSince;
    private long readingBegan;
    private long lastSent;
    private boolean isAwaited;

    /** For the container's proxy. */
    protected LiveFeed() {
        this(null, null);
    }

    /**
     * The constructor the container uses.
     *
     * @param journal tells when an order has ended here
     * @param reader reads the shop
     */
    @Inject
    public LiveFeed(Journal journal, ShopReader reader) {
        this.journal = journal;
        this.reader = reader;
    }

    void begin(@Observes @Initialized(ApplicationScoped.class) Object application) {
        journal.onEnd(story -> isChanged = true);
        ticking = timer.scheduleAtFixedRate(
                new Repeated("The live page's feed", this::tick),
                TICK.toMillis(),
                TICK.toMillis(),
                TimeUnit.MILLISECONDS);
    }

    @PreDestroy
    void end() {
        ticking.cancel(false);
        feed.close();
    }

    /**
     * Turns a request into a stream of events, the first of which comes at once, or as soon as the databases have been asked.
     *
     * @param request a request for which asynchronous processing is supported
     * @param response its response, not committed
     * @return whether there was room for it; otherwise nothing was done
     * @throws IOException if the connection fails
     */
    public synchronized boolean join(HttpServletRequest request, HttpServletResponse response) throws IOException {
        if (pace.isFresh(System.nanoTime())) {
            return feed.join(request, response, "shop", names -> ShopJson.of(shop, names));
        }
        boolean hasJoined = feed.join(request, response);
        if (hasJoined && !isAwaited) {
            isAwaited = true;
            lastSent = System.nanoTime();
        }
        tick();
        return hasJoined;
    }

    private synchronized void tick() {
        if (feed.isEmpty()) {
            return;
        }
        long now = System.nanoTime();
        if (isReading) {
            if (now - readingBegan > PATIENCE.toNanos()) {
                tell(shop.without(reader.asked(), readingSince));
            }
        } else if (pace.isDue(now, isChanged)) {
            startReading(now);
        }
        if (now - lastSent > SIGN_OF_LIFE.toNanos()) {
            lastSent = now;
            feed.send("alive", JsonValue.EMPTY_JSON_OBJECT);
        }
    }

    private void startReading(long now) {
        isChanged = false;
        readingSince = Instant.now();
        readingBegan = now;
        try {
            readers.execute(reading);
            isReading = true;
        } catch (RuntimeException | Error e) { // no thread for it; the signs of life go on
            LOG.log(Level.WARNING, "The shop cannot be read now", e);
            pace.failed(now, now);
        }
    }

    private void read() {
        ShopState read = shop;
        try {
            read = reader.read(read);
        } finally {
            readingEnded(read);
        }
    }

    private synchronized void readingEnded(ShopState read) {
        isReading = false;
        if (read.away().isEmpty()) {
            pace.succeeded(readingBegan, System.nanoTime());
        } else {
            pace.failed(readingBegan, System.nanoTime());
        }
        shop = read;
        tell(read);
    }

    private void tell(ShopState state) {
        JsonObject now = ShopJson.of(state, OrderNames.SHOWN);
        if (isAwaited || !now.equals(latest)) {
            latest = now;
            isAwaited = false;
            lastSent = System.nanoTime();
            feed.send("shop", names -> ShopJson.of(state, names));
        }
    }
}
