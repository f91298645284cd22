package dev.lockstep.shop.live.control;

import dev.lockstep.journal.Journal;
import dev.lockstep.shop.live.control.ShopState.ReadBooks;
import dev.lockstep.web.stream.Feed;
import dev.lockstep.web.stream.Repeated;
import jakarta.annotation.PreDestroy;
import jakarta.annotation.Resource;
import jakarta.ejb.EJBException;
import jakarta.enterprise.concurrent.ManagedExecutorService;
import jakarta.enterprise.concurrent.ManagedScheduledExecutorService;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.Initialized;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/**
 * Sends the shop's state to all who listen, as events named {@code shop}: all of it first, then what has changed, whenever something has;
 * and events named {@code alive} when nothing has. Reads nothing while nobody listens. Stock and newest orders have a beat of their own, the
 * sum another one, since it takes the longer the more orders there are. A database that lets a reading wait holds up neither the signs of life
 * nor other feeds.
 */
@ApplicationScoped
public class LiveFeed {

    private static final Logger LOG = System.getLogger(LiveFeed.class.getName());

    private static final Duration TICK = Duration.ofMillis(50);
    private static final Duration SIGN_OF_LIFE = Duration.ofSeconds(4);

    /** Who looks does not tell more often from a second. */
    private static final int OFTEN_SECONDS = 5;

    private final Journal journal;
    private final ShopReader reader;
    private final Feed feed = new Feed();

    /** What it costs does not grow with the shop, so it is read within a second in any case. */
    private final Beat shown =
            new Beat(new Pace(30, Duration.ofMillis(700)), new Repeated("The reading of the shop", this::read));

    /** It reads for a hundredth of the time, however many orders there are; no parallel worker of the database helps it. */
    private final Beat sum =
            new Beat(new Pace(99, Duration.ofMinutes(15)), new Repeated("The reading of the sum", this::readSum));

    @Resource
    private ManagedScheduledExecutorService timer;

    @Resource
    private ManagedExecutorService readers;

    private ScheduledFuture<?> ticking;
    private ShopState shop = ShopState.UNKNOWN;
    private ShopState told = ShopState.UNKNOWN;
    private Books books;
    private boolean isSumMissed;
    private boolean isAwaited;
    private long lastSent;

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
        journal.onEnd(story -> {
            shown.changed();
            sum.changed();
        });
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
        long now = System.nanoTime();
        if (shown.isFresh(now)) {
            return feed.join(request, response, "shop", names -> ShopJson.of(told, names));
        }
        if (feed.isEmpty()) {
            lastSent = now;
            if (!sum.isFresh(now)) {
                shop = shop.with(null); // an old one beside new lists would mislead
            }
        }
        boolean hasJoined = feed.join(request, response);
        isAwaited |= hasJoined;
        tick();
        return hasJoined;
    }

    private synchronized void tick() {
        if (feed.isEmpty()) {
            return;
        }
        long now = System.nanoTime();
        shown.tick(now, readers);
        if (shop.away().isEmpty()) {
            sum.tick(now, readers);
        }
        if (shown.isStuck(now)) {
            tellShown(shop.without(reader.asked(), shown.since()));
        }
        if (now - lastSent > SIGN_OF_LIFE.toNanos()) {
            lastSent = now;
            feed.alive();
        }
    }

    private void read() {
        ShopState known = known();
        ShopState read = known;
        boolean isWhole = false;
        try {
            read = reader.read(known);
            isWhole = read.away().isEmpty();
        } finally {
            readingEnded(read, isWhole);
        }
    }

    private synchronized ShopState known() {
        return shop;
    }

    private synchronized void readingEnded(ShopState read, boolean isWhole) {
        shown.ended(isWhole);
        shop = read.with(shop.books());
        tellShown(shop);
    }

    private void readSum() {
        Optional<Reading> reading = Optional.empty();
        try {
            reading = Optional.of(reader.readSum());
        } catch (EJBException e) {
            LOG.log(isSumMissed ? Level.DEBUG : Level.WARNING, "The sum of all pieces cannot be read now", e);
        } finally {
            sumEnded(reading);
        }
    }

    private synchronized void sumEnded(Optional<Reading> reading) {
        sum.ended(reading.isPresent());
        isSumMissed = reading.isEmpty();
        if (reading.isPresent()) {
            books = books == null ? Books.opened(reading.get()) : books.next(reading.get());
            long rest = sum.rest().toSeconds();
            shop = shop.with(new ReadBooks(books, rest < OFTEN_SECONDS ? 1 : rest));
            tell(told.with(shop.books())); // the lists are told by those who read them
        }
    }

    private void tellShown(ShopState state) {
        tell(state);
        if (isAwaited) {
            isAwaited = false;
            feed.welcome("shop", names -> ShopJson.of(state, names));
        }
    }

    private void tell(ShopState state) {
        ShopState before = told;
        told = state;
        if (ShopJson.hasNews(before, state)) {
            lastSent = System.nanoTime();
            feed.send("shop", names -> ShopJson.news(before, state, names));
        }
    }
}
