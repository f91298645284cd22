package dev.lockstep.security.control;

import jakarta.enterprise.context.ApplicationScoped;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Bounds how fast passwords can be guessed: so many failures for an address and for a name, then a wait. An attempt counts
 * as a failure from its beginning, so that many at once gain nothing. Thread-safe.
 */
@ApplicationScoped
public class LoginLimit {

    /** The most failures of an address, or for a name, within {@link #WINDOW}. */
    public static final int FAILURES_MAX = 5;

    /** Counted from the first failure. */
    public static final Duration WINDOW = Duration.ofMinutes(1);

    /**
     * The most addresses and names remembered; the oldest are forgotten first. Passwords are hashed two at a time, so a
     * minute has room for far fewer attempts, and nobody can flood a counter away.
     */
    private static final int COUNTERS_MAX = 10_000;

    private static final int NETWORK_BYTES = 8;

    private final Clock clock;

    /** In the order of their begins. */
    private final Map<String, Counter> counters = new LinkedHashMap<>();

    private record Counter(Instant begin, int failures) {}

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
     * @return empty if it may go on; otherwise how long to wait
     */
    public synchronized Optional<Duration> begin(String address, String name) {
        Instant now = clock.instant();
        forgetBefore(now.minus(WINDOW));
        List<String> keys = keys(address, name);
        Optional<Duration> wait = keys.stream()
                .map(counters::get)
                .filter(counter -> counter != null && counter.failures() >= FAILURES_MAX)
                .map(counter -> Duration.between(now, counter.begin().plus(WINDOW)))
                .max(Duration::compareTo);
        if (wait.isEmpty()) {
            keys.forEach(key -> counters.merge(
                    key, new Counter(now, 1), (old, one) -> new Counter(old.begin(), old.failures() + 1)));
        }
        return wait;
    }

    /**
     * Ends an attempt that was no failure: the counters of both begin anew.
     *
     * @param address where it came from
     * @param name whom it was for
     */
    public synchronized void succeeded(String address, String name) {
        keys(address, name).forEach(counters::remove);
    }

    private void forgetBefore(Instant instant) {
        Iterator<Counter> oldestFirst = counters.values().iterator();
        while (oldestFirst.hasNext()
                && (!oldestFirst.next().begin().isAfter(instant) || counters.size() > COUNTERS_MAX)) {
            oldestFirst.remove();
        }
    }

    private static List<String> keys(String address, String name) {
        return List.of("address " + network(address), "name " + name);
    }

    /** Whoever has one address of IPv6 has 2^64 of them, so they count as one. */
    private static String network(String address) {
        try {
            byte[] bytes = InetAddress.getByName(address).getAddress();
            return HexFormat.of().formatHex(bytes, 0, Math.min(bytes.length, NETWORK_BYTES));
        } catch (UnknownHostException e) {
            return address; // an address of a form that Java does not know is still an address
        }
    }
}
