package dev.lockstep.console.control;

import dev.lockstep.journal.Journal;
import dev.lockstep.journal.Story;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.Initialized;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.LongAccumulator;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Counts this instance's transactions, as MSDTC's console did. The transactions' own threads count, so that costs next to nothing;
 * whoever reads does the work. Thread-safe.
 */
@ApplicationScoped
public class Statistics {

    private final Journal journal;
    private final Clock clock;

    private final Map<Counted, LongAdder> counters = Stream.of(Counted.values())
            .collect(Collectors.toUnmodifiableMap(Function.identity(), kind -> new LongAdder()));
    private final LongAccumulator maxActive = new LongAccumulator(Math::max, 0);
    private final ResponseTimes responses = new ResponseTimes();

    private Counts atReset = Counts.NONE;
    private Instant since;

    protected Statistics() {
        this(null);
    }

    /**
     * The constructor the container uses.
     *
     * @param journal tells of the transactions
     */
    @Inject
    public Statistics(Journal journal) {
        this(journal, Clock.systemUTC());
    }

    Statistics(Journal journal, Clock clock) {
        this.journal = journal;
        this.clock = clock;
        this.since = clock.instant();
    }

    void begin(@Observes @Initialized(ApplicationScoped.class) Object application) {
        journal.onBegin(story -> maxActive.accumulate(journal.size()));
        journal.onEnd(this::ended);
    }

    void ended(Story story) {
        Counted.as(story).forEach(kind -> counters.get(kind).increment());
        if (!story.isForeign()) {
            story.request().flatMap(request -> request.waited()).ifPresent(responses::add);
        }
    }

    /** {@return what was counted since this instance started} */
    Counts sinceStart() {
        long refused = count(Counted.REFUSED);
        return new Counts(
                count(Counted.COMMITTED),
                refused + count(Counted.FAILED),
                refused,
                count(Counted.RESOLVED_COMMIT),
                count(Counted.RESOLVED_ABORT),
                count(Counted.SETTLED_ELSEWHERE));
    }

    private long count(Counted kind) {
        return counters.get(kind).sum();
    }

    /**
     * Counts the transactions under way here; work in one database alone does not count.
     *
     * @param inDoubt the global ids of those in doubt, which are not under way: nothing is both
     * @return how many there are
     */
    long active(Set<String> inDoubt) {
        return journal.open().stream()
                .filter(story -> story.isDistributed()
                        && !story.isForeign()
                        && !story.isOver()
                        && !inDoubt.contains(story.globalId()))
                .count();
    }

    /**
     * Tells what was counted since the last reset.
     *
     * @param inDoubt the global ids of the transactions in doubt
     * @return the totals
     */
    public synchronized Totals totals(Set<String> inDoubt) {
        long active = active(inDoubt);
        return new Totals(
                since, active, Math.max(maxActive.get(), active), sinceStart().minus(atReset), responses.summary());
    }

    /**
     * Begins anew; the metrics go on, since a counter there must not fall. What ended since the totals were told counts from now on.
     *
     * @param told the totals since the reset before, of which each is to be told once
     */
    public synchronized void reset(Totals told) {
        atReset = atReset.plus(told.counts());
        maxActive.reset();
        responses.reset();
        since = clock.instant();
    }

    /**
     * How often transactions ended in which way.
     *
     * @param committed begun here and committed
     * @param aborted begun here and rolled back
     * @param refused those of them that the shop refused, as where too few pieces were left; the others failed
     * @param resolvedCommit settled here by the resolver or an operator, with a commit
     * @param resolvedAbort settled here by the resolver or an operator, with a rollback
     * @param settledElsewhere begun here and settled by another instance
     */
    public record Counts(
            long committed,
            long aborted,
            long refused,
            long resolvedCommit,
            long resolvedAbort,
            long settledElsewhere) {

        static final Counts NONE = new Counts(0, 0, 0, 0, 0, 0);

        Counts plus(Counts other) {
            return new Counts(
                    committed + other.committed,
                    aborted + other.aborted,
                    refused + other.refused,
                    resolvedCommit + other.resolvedCommit,
                    resolvedAbort + other.resolvedAbort,
                    settledElsewhere + other.settledElsewhere);
        }

        Counts minus(Counts other) {
            return new Counts(
                    committed - other.committed,
                    aborted - other.aborted,
                    refused - other.refused,
                    resolvedCommit - other.resolvedCommit,
                    resolvedAbort - other.resolvedAbort,
                    settledElsewhere - other.settledElsewhere);
        }
    }

    /**
     * The statistics at one moment.
     *
     * @param since when they were reset
     * @param active transactions under way now
     * @param maxActive the most of them at once, those in doubt included
     * @param counts how they ended
     * @param responses how long clients waited
     */
    public record Totals(Instant since, long active, long maxActive, Counts counts, ResponseTimes.Summary responses) {}
}
