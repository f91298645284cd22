package dev.lockstep.shop.ticket.control;

import dev.lockstep.web.Variable;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * How many tickets may wait, and about how many do: those counted last, and those that this instance has given since. Thread-safe.
 */
@ApplicationScoped
public class QueueLimit {

    private static final int MAX_DEFAULT = 100_000;
    private static final int MAX_LIMIT = 10_000_000;

    /** Whoever is sent away should find room when back, so wait until a tenth of the queue is served. */
    private static final double ROOM = 0.1;

    private static final long WAIT_MIN = 1;
    private static final long WAIT_MAX = 60;

    private final long max = max(System.getenv());
    private final AtomicLong given = new AtomicLong();
    private volatile Count last = new Count(0, 0, System.nanoTime(), 0);

    /**
     * A count of all who wait.
     *
     * @param waiting how many
     * @param mark how many this instance had given before
     * @param nanos when
     * @param servedPerSecond how many were served a second since the count before, but for those that others gave
     */
    private record Count(long waiting, long mark, long nanos, double servedPerSecond) {}

    /**
     * Reads the setting.
     *
     * @param environment the process's environment
     * @return so many tickets may wait: 1 to 10,000,000
     * @throws IllegalArgumentException naming the variable, its value and the limit
     */
    public static long max(Map<String, String> environment) {
        return Variable.of(environment, "LOCKSTEP_TICKET_QUEUE_MAX").number(MAX_DEFAULT, 1, MAX_LIMIT, "tickets");
    }

    /** {@return so many tickets may wait} */
    public long max() {
        return max;
    }

    /** {@return how many waited when they were counted last} */
    public long waiting() {
        return last.waiting;
    }

    /** {@return whether no more tickets should be given} */
    public boolean isReached() {
        Count counted = last;
        return counted.waiting + given.get() - counted.mark >= max;
    }

    /** {@return how long, in seconds, one who is sent away should wait: 1 to 60} */
    public long secondsUntilRoom() {
        double seconds = Math.ceil(max * ROOM / last.servedPerSecond); // infinite if none were served
        return (long) Math.max(WAIT_MIN, Math.min(WAIT_MAX, seconds));
    }

    /**
     * This instance has given tickets.
     *
     * @param tickets how many
     */
    void gave(int tickets) {
        given.addAndGet(tickets);
    }

    /** {@return a mark of now, to be taken before the tickets are counted} */
    long mark() {
        return given.get();
    }

    /**
     * The tickets were counted; by one thread.
     *
     * @param waiting how many wait
     * @param mark the {@link #mark} taken before
     */
    void counted(long waiting, long mark) {
        Count before = last;
        long now = System.nanoTime();
        double served = (double) before.waiting + mark - before.mark - waiting;
        double perSecond = Math.max(0, served) * TimeUnit.SECONDS.toNanos(1) / Math.max(1, now - before.nanos);
        last = new Count(waiting, mark, now, perSecond);
    }
}
