package dev.lockstep.console.control;

import dev.lockstep.journal.ClientRequest;
import dev.lockstep.journal.Journal;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.Initialized;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.util.EnumMap;
import java.util.Map;
import org.eclipse.microprofile.metrics.Counter;
import org.eclipse.microprofile.metrics.Metadata;
import org.eclipse.microprofile.metrics.MetricRegistry;
import org.eclipse.microprofile.metrics.MetricUnits;
import org.eclipse.microprofile.metrics.Tag;

/** The statistics as MicroProfile metrics, for Prometheus; these are never reset. */
@ApplicationScoped
public class Meters {

    private static final String TRANSACTIONS = "lockstep_transactions_";
    private static final String RESPONSE = "lockstep_response_seconds_";

    private final MetricRegistry registry;
    private final Journal journal;
    private final Statistics statistics;
    private final Doubts doubts;

    protected Meters() {
        this(null, null, null, null);
    }

    /**
     * The constructor the container uses.
     *
     * @param registry the application's metrics
     * @param journal tells of the transactions
     * @param statistics counts those under way
     * @param doubts counts those in doubt
     */
    @Inject
    public Meters(MetricRegistry registry, Journal journal, Statistics statistics, Doubts doubts) {
        this.registry = registry;
        this.journal = journal;
        this.statistics = statistics;
        this.doubts = doubts;
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
    }

    private void countTransactions() {
        Metadata aborted = described(
                TRANSACTIONS + "aborted",
                "Transactions begun here and rolled back: refused, as where too few pieces are left, or failed");
        Metadata resolved = described(
                TRANSACTIONS + "resolved",
                "Transactions settled here by the resolver or an operator, whoever began them");
        Map<Counted, Counter> counters = new EnumMap<>(Counted.class);
        counters.put(
                Counted.COMMITTED,
                registry.counter(described(TRANSACTIONS + "committed", "Transactions begun here and committed")));
        counters.put(Counted.REFUSED, registry.counter(aborted, new Tag("because", "refused")));
        counters.put(Counted.FAILED, registry.counter(aborted, new Tag("because", "failed")));
        counters.put(Counted.RESOLVED_COMMIT, registry.counter(resolved, new Tag("outcome", "commit")));
        counters.put(Counted.RESOLVED_ABORT, registry.counter(resolved, new Tag("outcome", "abort")));
        counters.put(
                Counted.SETTLED_ELSEWHERE,
                registry.counter(described(
                        TRANSACTIONS + "settled_elsewhere",
                        "Transactions begun here and settled by another instance")));
        journal.onEnd(
                story -> Counted.as(story).forEach(kind -> counters.get(kind).inc()));
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
                story.request().map(ClientRequest::waits).ifPresent(waits -> waits.forEach(responses::add));
            }
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
