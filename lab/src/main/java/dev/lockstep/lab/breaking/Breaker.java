package dev.lockstep.lab.breaking;

import dev.lockstep.flows.Flows;
import dev.lockstep.journal.FlowNews;
import dev.lockstep.journal.Journal;
import dev.lockstep.participant.observe.TransactionEvent;
import dev.lockstep.participant.observe.TransactionListener;
import dev.lockstep.participant.observe.Transactions;
import dev.lockstep.picture.TransactionFeed;
import dev.lockstep.shop.order.LoneOrders;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;

/**
 * Kills real processes when an order comes to a chosen point. It listens from the first plan on, and to one order each; nothing can be
 * planned outside of {@link DemoMode}. Thread-safe.
 */
@ApplicationScoped
public class Breaker implements TransactionListener, LoneOrders {

    private static final Logger LOG = System.getLogger(Breaker.class.getName());

    /** So long browsers have to draw what is to be seen before it breaks. */
    private static final Duration MOMENT = Duration.ofMillis(500);

    private final Journal journal;
    private final TransactionFeed feed;
    private final Killing killing;
    private final Flows flows;
    private final Consumer<FlowNews> messages = this::onNews;
    private final Servers servers = new Servers();
    private final AtomicReference<PlannedBreak> planned = new AtomicReference<>();

    protected Breaker() {
        this(null, null, null, null);
    }

    /**
     * The constructor the container uses.
     *
     * @param journal knows which order a transaction is about
     * @param feed shows it to browsers
     * @param flows tells of messages to other servers, if an order's services are there
     * @param killing does it
     */
    @Inject
    public Breaker(Journal journal, TransactionFeed feed, Flows flows, Killing killing) {
        this.journal = journal;
        this.feed = feed;
        this.flows = flows;
        this.killing = killing;
    }

    /**
     * Lets the next order be broken; it replaces an earlier plan.
     *
     * @param plan what, and where
     */
    public void plan(PlannedBreak plan) {
        stopListening();
        servers.forget();
        planned.set(plan);
        Transactions.listen(this);
        flows.onNews(messages);
        LOG.log(Level.WARNING, "Demo: the next order is to break: " + plan);
    }

    /** Lets the next order be whole. */
    @PreDestroy
    public void forget() {
        stopListening();
        planned.set(null);
    }

    private void stopListening() {
        Transactions.stopListening(this);
        flows.stopListening(messages);
    }

    /** {@return what is planned} */
    public Optional<PlannedBreak> planned() {
        return Optional.ofNullable(planned.get());
    }

    /** Nobody's order shall be struck together with the one that is to be broken. */
    @Override
    public boolean isLone(UUID orderId) {
        PlannedBreak plan = planned.get();
        return plan != null && plan.isAbout(orderId.toString());
    }

    @Override
    public void onEvent(TransactionEvent event) {
        PlannedBreak plan = planned.get();
        if (plan != null && plan.at().isAt(event) && isMeant(plan, event.globalId())) {
            strike(plan, event);
        }
    }

    /** Where the branches are other servers', the same points are those of the messages to them. */
    private void onNews(FlowNews news) {
        PlannedBreak plan = planned.get();
        if (plan != null
                && news.message().isSent()
                && isMeant(plan, news.globalId())
                && plan.at().isAt(news.message(), servers.numberOf(news))) {
            strike(plan, news);
        }
    }

    private void strike(PlannedBreak plan, Record at) {
        if (planned.compareAndSet(plan, null)) {
            stopListening();
            LOG.log(Level.WARNING, "Demo: " + plan + " at " + at);
            feed.sendNow();
            letBrowsersDraw();
            killing.strike(plan.victims());
        }
    }

    /** An order's own transaction; not a look at one database, nor one that it shares since it waited when the plan was made. */
    private boolean isMeant(PlannedBreak plan, String globalId) {
        return journal.open(globalId)
                .filter(story -> story.subjects().size() == 1)
                .filter(story -> plan.isAbout(story.subjects().get(0).id()))
                .isPresent();
    }

    /** Were it woken early, there would be a little less to see, and nothing else. */
    private static void letBrowsersDraw() {
        LockSupport.parkNanos(MOMENT.toNanos());
    }
}
