package dev.lockstep.console.control;

import dev.lockstep.ticket.control.QueueLimit;
import dev.lockstep.watch.control.ClientRequest;
import dev.lockstep.watch.control.Journal;
import dev.lockstep.watch.control.State;
import dev.lockstep.watch.control.Story;
import dev.lockstep.watch.control.TicketJournal;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.Initialized;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import org.eclipse.microprofile.metrics.Counter;
import org.eclipse.microprofile.metrics.Metadata;
import org.eclipse.microprofile.metrics.MetricRegistry;
import org.eclipse.microprofile.metrics.MetricUnits;
import org.eclipse.microprofile.metrics.Tag;

/** The statistics as MicroProfile metrics, for Prometheus; these are never reset. */
@ApplicationScoped
public class Meters {

    private static final String TRANSACTIONS = "lockstep_transactions_";
    private static final String TICKETS = "lockstep_tickets_";
    private static final String RESPONSE = "lockstep_response_seconds_";

    private final MetricRegistry registry;
    private final Journal journal;
    private final TicketJournal tickets;
    private final Statistics statistics;
    private final Doubts doubts;
    private final QueueLimit queue;

    protected Meters() {
        this(null, null, null, null, null, null);
    }

    /**
     * The constructor the container uses.
     *
     * @param registry the application's metrics
     * @param journal tells of the transactions
     * @param tickets tells of the tickets
     * @param statistics counts those under way
     * @param doubts counts those in doubt
     * @param queue counts the tickets that wait
     */
    @Inject
    public Meters(
            MetricRegistry registry,
            Journal journal,
            TicketJournal tickets,
            Statistics statistics,
            Doubts doubts,
            QueueLimit queue) {
        this.registry = registry;
        this.journal = journal;
        this.tickets = tickets;
        this.statistics = statistics;
        this.doubts = doubts;
        this.queue = queue;
    }

    void begin(@Observes @Initialized(ApplicationScoped.class) Object application) {
        registry.gauge(
                described(TRANSACTIONS + "active", "Transactions under way here, those in doubt not included"),
                () -> statistics.active(doubts.globalIds()));
        registry.gauge(
                described(
                        TRANSACTIONS + "in_doubt",
                        "Transactions in doubt: prepared for longer than 2 s, or left to the resolver"),
                () -> doubts.globalIds().size());
        countTransactions();
        measureResponses();
        countTickets();
    }

    private void countTransactions() {
        Counter committed =
                registry.counter(described(TRANSACTIONS + "committed", "Transactions begun here and committed"));
        Metadata aborted = described(
                TRANSACTIONS + "aborted",
                "Transactions begun here and rolled back: refused, as where too few pieces are left, or failed");
        Counter refused = registry.counter(aborted, new Tag("because", "refused"));
        Counter failed = registry.counter(aborted, new Tag("because", "failed"));
        Metadata resolved = described(
                TRANSACTIONS + "resolved",
                "Transactions settled here by the resolver or an operator, whoever began them");
        Counter resolvedCommit = registry.counter(resolved, new Tag("outcome", "commit"));
        Counter resolvedAbort = registry.counter(resolved, new Tag("outcome", "abort"));
        Counter elsewhere = registry.counter(described(
                TRANSACTIONS + "settled_elsewhere", "Transactions begun here and settled by another instance"));
        journal.onEnd(story -> {
            count(story, story.isResolved(), resolvedCommit, resolvedAbort);
            count(story, !story.isForeign(), committed, story.isRefused() ? refused : failed);
            if (story.isSettledElsewhere() && !story.isForeign()) {
                elsewhere.inc();
            }
        });
    }

    private static void count(Story story, boolean counts, Counter commit, Counter abort) {
        if (counts && story.state() == State.COMMITTED) {
            commit.inc();
        } else if (counts && story.state() == State.ABORTED) {
            abort.inc();
        }
    }

    /**
     * A histogram for Prometheus, made of gauges. The histogram and the timer of MicroProfile Metrics have quantiles of the last minutes beside a sum
     * and a count since the start, which do not fit together; and Payara 6.2025.10 counts its buckets in a sample.
     */
    private void measureResponses() {
        ResponseBuckets responses = new ResponseBuckets();
        Metadata bucket =
                described(RESPONSE + "bucket", "How many clients waited so long at most for the answer to an order");
        for (int i = 0; i <= ResponseBuckets.LIMITS.size(); i++) {
            int limit = i;
            String le = i < ResponseBuckets.LIMITS.size()
                    ? ResponseBuckets.LIMITS.get(i).toString()
                    : "+Inf";
            registry.gauge(bucket, () -> responses.within(limit), new Tag("le", le));
        }
        registry.gauge(
                described(RESPONSE + "count", "How many clients waited for the answer to an order"), responses::count);
        registry.gauge(described(RESPONSE + "sum", "How long they waited together"), responses::sum);
        journal.onEnd(story -> {
            if (!story.isForeign()) {
                story.request().flatMap(ClientRequest::waited).ifPresent(responses::add);
            }
        });
    }

    private void countTickets() {
        registry.gauge(
                described(TICKETS + "waiting", "Tickets that waited when they were counted last"), queue::waiting);
        registry.gauge(described(TICKETS + "limit", "So many tickets may wait"), queue::max);
        Counter given = registry.counter(described(TICKETS + "given", "Tickets given here"));
        Metadata served = described(TICKETS + "served", "Tickets served here: ready, or sold out");
        Counter ready = registry.counter(served, new Tag("outcome", "ready"));
        Counter soldOut = registry.counter(served, new Tag("outcome", "sold_out"));
        tickets.onGiven(given::inc);
        tickets.onServed(serving -> {
            ready.inc(serving.granted().size());
            soldOut.inc(serving.ticketIds().size() - (long) serving.granted().size());
        });
    }

    private static Metadata described(String name, String description) {
        return Metadata.builder()
                .withName(name)
                .withDescription(description)
                .withUnit(MetricUnits.NONE)
                .build();
    }
}
