package dev.lockstep.flows;

import dev.lockstep.web.stream.Repeated;
import jakarta.annotation.PreDestroy;
import jakarta.annotation.Resource;
import jakarta.enterprise.concurrent.ManagedScheduledExecutorService;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.Initialized;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.eclipse.microprofile.metrics.Metadata;
import org.eclipse.microprofile.metrics.MetricRegistry;
import org.eclipse.microprofile.metrics.MetricUnits;
import org.eclipse.microprofile.metrics.Tag;

/**
 * The flows as MicroProfile metrics, for Prometheus. A gauge begins when there is something to tell: a peer, a reason or a database is known by
 * its first appearance. Without flows there is none.
 */
@ApplicationScoped
public class FlowMeters {

    private static final String PREFIX = "lockstep_flow_";
    private static final int PERIOD_SECONDS = 2;

    /** So many names at most, whatever appears. */
    private static final int NAMES_MAX = 500;

    private static final double MILLIS = 1000.0;

    private final MetricRegistry registry;
    private final Flows flows;
    private final Set<String> known = new HashSet<>();

    @Resource
    private ManagedScheduledExecutorService timer;

    private ScheduledFuture<?> ticking;

    protected FlowMeters() {
        this(null, null);
    }

    /**
     * The constructor the container uses.
     *
     * @param registry the application's metrics
     * @param flows what is measured
     */
    @Inject
    public FlowMeters(MetricRegistry registry, Flows flows) {
        this.registry = registry;
        this.flows = flows;
    }

    void begin(@Observes @Initialized(ApplicationScoped.class) Object application) {
        ticking = timer.scheduleAtFixedRate(
                new Repeated("The look for flows that are new to the metrics", this::look),
                0,
                PERIOD_SECONDS,
                TimeUnit.SECONDS);
    }

    @PreDestroy
    void end() {
        ticking.cancel(false);
    }

    /** Registers what has appeared since the last look. */
    final void look() {
        FlowNumbers numbers = flows.numbers();
        if (numbers.peers().isEmpty()) {
            return;
        }
        if (known.add("")) {
            registerTotals();
        }
        numbers.refusals().keySet().forEach(this::registerRefusal);
        numbers.peers().keySet().forEach(this::registerPeer);
        numbers.oldestPrepared().keySet().forEach(this::registerDatabase);
        numbers.rowsKept().keySet().forEach(this::registerReason);
        numbers.waits().keySet().forEach(this::registerWait);
    }

    private void registerTotals() {
        gauge("open", "Flows that are not over here", FlowNumbers::open);
        gauge("waiting", "Flows in which this server waits for a peer or a database", FlowNumbers::waiting);
        gauge("gates_parked", "Gates between vote and decision", FlowNumbers::parked);
        gauge(
                "gates_parked_oldest_seconds",
                "How long the first of the parked gates has been parked",
                numbers -> seconds(numbers.oldestParked()));
        gauge("gate_parkings_count", "Gates that have heard the decision", numbers -> numbers.parkings()
                .count());
        gauge(
                "gate_parkings_sum_seconds",
                "How long they were parked together",
                numbers -> seconds(numbers.parkings().total()));
        gauge(
                "gate_parkings_longest_seconds",
                "How long the longest was parked",
                numbers -> seconds(numbers.parkings().longest()));
        gauge(
                "patience_rollbacks",
                "Holders that gave up a vote since their superior was silent",
                FlowNumbers::patienceRollbacks);
        gauge(
                "in_doubt_answers",
                "Applications that were told that the outcome is not known yet",
                FlowNumbers::inDoubtAnswers);
    }

    private void registerRefusal(String reason) {
        each("refusals", "Refused messages and calls", "reason", reason, numbers -> numbers.refusals()
                .getOrDefault(reason, 0L));
    }

    private void registerPeer(String name) {
        FlowNumbers.Peer unknown = new FlowNumbers.Peer(true, "", Duration.ZERO);
        each(
                "peer_reachable",
                "1 if the last that is known of the peer is a message or an answer",
                "peer",
                name,
                numbers -> numbers.peers().getOrDefault(name, unknown).isReachable() ? 1 : 0);
        each(
                "peer_skew_seconds",
                "By how much the peer's clock is ahead",
                "peer",
                name,
                numbers -> seconds(numbers.peers().getOrDefault(name, unknown).skew()));
    }

    private void registerDatabase(String commitPoint) {
        each(
                "prepared_oldest_seconds",
                "For how long something has been prepared at most, by the commit point's database",
                "commit_point",
                commitPoint,
                numbers -> seconds(numbers.oldestPrepared().getOrDefault(commitPoint, Duration.ZERO)));
    }

    private void registerReason(String reason) {
        each("decisions_kept", "Decision rows that are kept now", "reason", reason, numbers -> numbers.rowsKept()
                .getOrDefault(reason, 0L));
    }

    private void registerWait(String name) {
        Function<FlowNumbers, FlowNumbers.Waits> waits =
                numbers -> numbers.waits().getOrDefault(name, FlowNumbers.Waits.NONE);
        each("waits_count", "Waits for a lane's thread or a pool's connection", "for", name, numbers -> waits.apply(
                        numbers)
                .count());
        each(
                "waits_sum_seconds",
                "How long they took together",
                "for",
                name,
                numbers -> seconds(waits.apply(numbers).total()));
        each(
                "waits_longest_seconds",
                "How long the longest took",
                "for",
                name,
                numbers -> seconds(waits.apply(numbers).longest()));
    }

    private void each(
            String name, String description, String kind, String value, Function<FlowNumbers, Number> number) {
        if (known.size() < NAMES_MAX && known.add(name + " " + value)) {
            registry.gauge(described(name, description), () -> number.apply(flows.numbers()), new Tag(kind, value));
        }
    }

    private void gauge(String name, String description, Function<FlowNumbers, Number> number) {
        registry.gauge(described(name, description), () -> number.apply(flows.numbers()));
    }

    private static double seconds(Duration duration) {
        return duration.toMillis() / MILLIS;
    }

    private static Metadata described(String name, String description) {
        return Metadata.builder()
                .withName(PREFIX + name)
                .withDescription(description)
                .withUnit(MetricUnits.NONE)
                .build();
    }
}
