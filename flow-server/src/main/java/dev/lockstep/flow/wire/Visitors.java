package dev.lockstep.flow.wire;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Predicate;
import org.glassfish.grizzly.Connection;
import org.glassfish.grizzly.filterchain.BaseFilter;
import org.glassfish.grizzly.filterchain.FilterChainContext;
import org.glassfish.grizzly.filterchain.NextAction;

/**
 * The listener's filter next to the network: who is connected, and how long may they take. A request must be complete in time, however its
 * bytes drip. If there are too many connections, the one goes that has been there for longest without a good signature, else one that is idle: strangers cannot
 * keep peers out, nor a peer the others. Thread-safe.
 */
final class Visitors extends BaseFilter {

    /** From a connection, or a request's first byte, to its last one; a handshake is a part of it. */
    static final Duration ARRIVAL_LIMIT = Duration.ofSeconds(5);

    /** Longer than any answer takes. */
    static final Duration ANSWER_LIMIT = Duration.ofMinutes(3);

    /** Between an answer and the next request: longer than the client keeps a connection. */
    private static final Duration IDLE_LIMIT = Duration.ofSeconds(75);

    private final int max;
    private final Duration arrivalLimit;
    private final ScheduledExecutorService timer;
    private final Map<Connection<?>, Visitor> visitors = new LinkedHashMap<>();

    Visitors(int max, Duration arrivalLimit, ScheduledExecutorService timer) {
        this.max = max;
        this.arrivalLimit = arrivalLimit;
        this.timer = timer;
    }

    @Override
    public NextAction handleAccept(FilterChainContext context) {
        Connection<?> connection = context.getConnection();
        admit(connection).ifPresent(Connection::terminateSilently);
        return context.getInvokeAction();
    }

    /** Returns who must go; not from within, where what ends with a connection would come back. */
    private synchronized Optional<Connection<?>> admit(Connection<?> connection) {
        Optional<Connection<?>> leaving = Optional.empty();
        if (visitors.size() >= max) {
            leaving = first(visitor -> !visitor.isKnown())
                    .or(() -> first(Visitor::isIdle))
                    .or(() -> Optional.of(connection));
            leaving.ifPresent(visitors::remove);
        }
        if (!leaving.equals(Optional.of(connection))) {
            visitors.put(connection, new Visitor(connection, timer, arrivalLimit));
        }
        return leaving;
    }

    private Optional<Connection<?>> first(Predicate<Visitor> who) {
        return visitors.entrySet().stream()
                .filter(entry -> who.test(entry.getValue()))
                .<Connection<?>>map(Map.Entry::getKey)
                .findFirst();
    }

    @Override
    public NextAction handleRead(FilterChainContext context) {
        Optional<Visitor> visitor = of(context.getConnection());
        visitor.ifPresent(Visitor::arrive);
        return visitor.isPresent() ? context.getInvokeAction() : context.getStopAction();
    }

    @Override
    public NextAction handleClose(FilterChainContext context) {
        forget(context.getConnection()).ifPresent(Visitor::leave);
        return context.getInvokeAction();
    }

    synchronized Optional<Visitor> of(Connection<?> connection) {
        return Optional.ofNullable(visitors.get(connection));
    }

    private synchronized Optional<Visitor> forget(Connection<?> connection) {
        return Optional.ofNullable(visitors.remove(connection));
    }

    /** After a reply the connection stays for the next message; after a problem only to be read. */
    void answered(Visitor visitor, boolean isReply) {
        visitor.answered(isReply ? IDLE_LIMIT : arrivalLimit);
    }

    synchronized int count() {
        return visitors.size();
    }
}
