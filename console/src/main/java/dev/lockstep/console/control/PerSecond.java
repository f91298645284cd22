package dev.lockstep.console.control;

import dev.lockstep.web.stream.Repeated;
import jakarta.annotation.PreDestroy;
import jakarta.annotation.Resource;
import jakarta.enterprise.concurrent.ManagedScheduledExecutorService;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.Initialized;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/** How many transactions committed and aborted in each of the last seconds. Reads the counters once a second. Thread-safe. */
@ApplicationScoped
public class PerSecond {

    /** So far it remembers. */
    public static final Duration WINDOW = Duration.ofMinutes(5);

    private final Statistics statistics;
    private final Deque<Second> seconds = new ArrayDeque<>();
    private Statistics.Counts before = Statistics.Counts.NONE;

    @Resource
    private ManagedScheduledExecutorService timer;

    private ScheduledFuture<?> ticking;

    protected PerSecond() {
        this(null);
    }

    /**
     * The constructor the container uses.
     *
     * @param statistics counts
     */
    @Inject
    public PerSecond(Statistics statistics) {
        this.statistics = statistics;
    }

    void begin(@Observes @Initialized(ApplicationScoped.class) Object application) {
        ticking = timer.scheduleAtFixedRate(
                new Repeated("The count of the last second", this::tick), 1, 1, TimeUnit.SECONDS);
    }

    @PreDestroy
    void end() {
        ticking.cancel(false);
    }

    synchronized void tick() {
        Statistics.Counts now = statistics.sinceStart();
        Statistics.Counts second = now.minus(before);
        before = now;
        seconds.addLast(new Second(second.committed(), second.aborted()));
        if (seconds.size() > WINDOW.toSeconds()) {
            seconds.removeFirst();
        }
    }

    /** {@return the seconds since the start, {@link #WINDOW} at most, the oldest first} */
    public synchronized List<Second> seconds() {
        return List.copyOf(seconds);
    }

    /**
     * One second.
     *
     * @param committed how many committed in it
     * @param aborted how many rolled back in it
     */
    public record Second(long committed, long aborted) {}
}
