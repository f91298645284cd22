package dev.lockstep.console.control;

import dev.lockstep.watch.control.Journal;
import dev.lockstep.watch.control.State;
import dev.lockstep.watch.control.Story;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.Initialized;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.util.concurrent.TimeUnit;
import org.eclipse.microprofile.metrics.Counter;
import org.eclipse.microprofile.metrics.Histogram;
import org.eclipse.microprofile.metrics.Metadata;
import org.eclipse.microprofile.metrics.MetricRegistry;
import org.eclipse.microprofile.metrics.MetricUnits;
import org.eclipse.microprofile.metrics.Tag;

/** The statistics as MicroProfile metrics, for Prometheus; these are never reset. */
@ApplicationScoped
public class Meters {

    private static final String PREFIX = "lockstep_transactions_";

    private final MetricRegistry registry;
    private final Journal journal;
    private final Statistics statistics;
    private final Doubts doubts;

    /** For the container's proxy. */
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
                described("active", "Transactions under way here, those in doubt not included"), statistics::active);
        registry.gauge(
                described("in_doubt", "Transactions in doubt: prepared for longer than 2 s, or left to the resolver"),
                doubts::count);
        Counter committed = registry.counter(described("committed", "Transactions begun here and committed"));
        Counter aborted = registry.counter(described("aborted", "Transactions begun here and rolled back"));
        Metadata resolved =
                described("resolved", "Transactions settled here by the resolver or an operator, whoever began them");
        Counter resolvedCommit = registry.counter(resolved, new Tag("outcome", "commit"));
        Counter resolvedAbort = registry.counter(resolved, new Tag("outcome", "abort"));
        Counter elsewhere = registry.counter(
                described("settled_elsewhere", "Transactions begun here and settled by another instance"));
        // No timer, whose unit is fixed: Payara 6.2025.10 tells its quantiles in nanoseconds and all else in seconds.
        Histogram response = registry.histogram(Metadata.builder()
                .withName("lockstep_response_microseconds")
                .withDescription("How long clients waited for the answer to an order")
                .withUnit(MetricUnits.NONE)
                .build());
        journal.onEnd(story -> {
            count(story, story.isResolved(), resolvedCommit, resolvedAbort);
            count(story, !story.isForeign(), committed, aborted);
            if (!story.isForeign()) {
                story.request()
                        .flatMap(request -> request.waited())
                        .ifPresent(waited -> response.update(TimeUnit.NANOSECONDS.toMicros(waited.toNanos())));
            }
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

    private static Metadata described(String name, String description) {
        return Metadata.builder()
                .withName(PREFIX + name)
                .withDescription(description)
                .withUnit(MetricUnits.NONE)
                .build();
    }
}
