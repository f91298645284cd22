package dev.lockstep.security.control;

import dev.lockstep.watch.control.Network;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Slows down who guesses passwords, and nobody else: an address that has failed often for a name, or very often for any, has one attempt every
 * few seconds. Nobody is locked out, and what one address does makes no other one wait. An attempt counts as a failure from its beginning, so
 * that many at once gain nothing. Thread-safe.
 */
@ApplicationScoped
public class LoginLimit {

    /** The most failures of an address for one name before it must wait. */
    public static final int FAILURES_MAX = 5;

    /** The most failures of an address for all names before it must wait: so much hashing it may cause at once. */
    public static final int FAILURES_OF_ADDRESS_MAX = 20;

    /** So long passes between two attempts from then on. */
    public static final Duration PAUSE = Duration.ofSeconds(5);

    /** Failures are forgotten when so long nothing was tried. */
    public static final Duration WINDOW = Duration.ofMinutes(1);

    /**
     * The most counters remembered; those are forgotten first for which nothing was tried longest. Passwords are hashed two at a time, so a
     * minute has room for far fewer attempts, and nobody can flood a counter away.
     */
    private static final int COUNTERS_MAX = 10_000;

    private final Clock clock;

    /** In the order of their last attempts. */
    private final Map<String, Counter> counters = new LinkedHashMap<>();

    private record Counter(int failures, Instant last) {}

    /** The constructor the container uses. */
    public LoginLimit() {
        this(Clock.systemUTC());
    }

    LoginLimit(Clock clock) {
        this.clock = clock;
    }

    /**
     * Begins an attempt.
     *
     * @param address where it comes from
     * @param name whom it is for
     * @return empty if it may go on; otherwise how long to wait, which is no attempt
     */
    public synchronized Optional<Duration> begin(String address, String name) {
        Instant now = clock.instant();
        forgetBefore(now.minus(WINDOW));
        Map<String, Integer> limits = limits(address, name);
        Optional<Duration> wait = limits.entrySet().stream()
                .flatMap(limit -> waitOf(limit.getKey(), limit.getValue(), now).stream())
                .max(Duration::compareTo);
        if (wait.isEmpty()) {
            limits.keySet().forEach(key -> count(key, now));
        }
        return wait;
    }

    private Optional<Duration> waitOf(String key, int max, Instant now) {
        return Optional.ofNullable(counters.get(key))
                .filter(counter -> counter.failures() >= max)
                .map(counter -> Duration.between(now, counter.last().plus(PAUSE)))
                .filter(wait -> wait.compareTo(Duration.ZERO) > 0);
    }

    private void count(String key, Instant now) {
        Counter before = counters.remove(key); // so that it comes last in the order
        counters.put(key, new Counter(before == null ? 1 : before.failures() + 1, now));
    }

    /**
     * Ends an attempt that was no failure: the counters of both begin anew.
     *
     * @param address where it came from
     * @param name whom it was for
     */
    public synchronized void wasNoFailure(String address, String name) {
        counters.keySet().removeAll(limits(address, name).keySet());
    }

    private void forgetBefore(Instant instant) {
        Iterator<Counter> oldestFirst = counters.values().iterator();
        while (oldestFirst.hasNext()
                && (!oldestFirst.next().last().isAfter(instant) || counters.size() > COUNTERS_MAX)) {
            oldestFirst.remove();
        }
    }

    /** What is counted, and how many failures each may have. */
    private static Map<String, Integer> limits(String address, String name) {
        String network = Network.of(address).prefix();
        return Map.of(network, FAILURES_OF_ADDRESS_MAX, network + " for " + name, FAILURES_MAX);
    }
}
