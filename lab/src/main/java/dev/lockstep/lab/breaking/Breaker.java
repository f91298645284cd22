package dev.lockstep.lab.breaking;

import dev.lockstep.journal.Journal;
import dev.lockstep.participant.observe.TransactionEvent;
import dev.lockstep.participant.observe.TransactionListener;
import dev.lockstep.participant.observe.Transactions;
import dev.lockstep.picture.TransactionFeed;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;

/**
 * Kills real processes when an order comes to a chosen point. It listens from the first plan on, and to one order each; nothing can be
 * planned outside of {@link DemoMode}. Thread-safe.
 */
@ApplicationScoped
public class Breaker implements TransactionListener {

    private static final Logger LOG = System.getLogger(Breaker.class.getName());

    /** So long browsers have to draw what is to be seen before it breaks. */
    private static final Duration MOMENT = Duration.ofMillis(500);

    private final Journal journal;
    private final TransactionFeed feed;
    private final Killing killing;
    private final AtomicReference<PlannedBreak> planned = new AtomicReference<>();

    protected Breaker() {
        this(null, null, null);
    }

    /**
     * The constructor the container uses.
     *
     * @param journal knows which order a transaction is about
     * @param feed shows it to browsers
     * @param killing does it
     */
    @Inject
    public Breaker(Journal journal, TransactionFeed feed, Killing killing) {
        this.journal = journal;
        this.feed = feed;
        this.killing = killing;
    }

    /**
     * Lets the next order be broken; it replaces an earlier plan.
     *
     * @param plan what, and where
     */
    public void plan(PlannedBreak plan) {
        Transactions.stopListening(this);
        planned.set(plan);
        Transactions.listen(this);
        LOG.log(Level.WARNING, "Demo: the next order is to break: " + plan);
    }

    /** Lets the next order be whole. */
    @PreDestroy
    public void forget() {
        Transactions.stopListening(this);
        planned.set(null);
    }

    /** {@return what is planned} */
    public Optional<PlannedBreak> planned() {
        return Optional.ofNullable(planned.get());
    }

    @Override
    public void onEvent(TransactionEvent event) {
        PlannedBreak plan = planned.get();
        if (plan != null && plan.at().isAt(event) && isMeant(plan, event) && planned.compareAndSet(plan, null)) {
            Transactions.stopListening(this);
            LOG.log(Level.WARNING, "Demo: " + plan + " at " + event);
            feed.sendNow();
            letBrowsersDraw();
            killing.strike(plan.victims());
        }
    }

    /** An order's own transaction, not a look at one database. */
    private boolean isMeant(PlannedBreak plan, TransactionEvent event) {
        return journal.open(event.globalId())
                .filter(story -> story.subjects().stream().anyMatch(plan::isAbout))
                .isPresent();
    }

    /** Were it woken early, there would be a little less to see, and nothing else. */
    private static void letBrowsersDraw() {
        LockSupport.parkNanos(MOMENT.toNanos());
    }
}
