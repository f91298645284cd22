package dev.lockstep.flow.registry;

import dev.lockstep.flow.observe.FlowEvent;
import dev.lockstep.flow.observe.FlowEvent.Direction;
import dev.lockstep.flow.observe.FlowEvent.Kind;
import dev.lockstep.flow.observe.FlowEvent.Moment;
import dev.lockstep.flow.observe.FlowEvent.Result;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What a flow's part here has asked of others, and has not been told: to be shown, and for nothing else. Thread-safe. */
final class Unanswered {

    /** After the others nobody waits for the answer. */
    private static final Set<Kind> AWAITED = Set.of(Kind.WORK, Kind.PREPARE, Kind.COMMIT, Kind.ALIVE, Kind.DECISIONS);

    private final Map<Key, Awaited> awaited = new LinkedHashMap<>();

    private record Key(Kind kind, String peer) {}

    /**
     * A message without an answer.
     *
     * @param kind which
     * @param peer to whom; empty if the question went to a database
     * @param since when it was sent first
     * @param latest how it was answered last; NONE if it never was
     */
    record Awaited(Kind kind, String peer, Instant since, Result latest) {

        String because() {
            String sent = kind + " was sent" + (latest == Result.NONE ? ", and is not answered" : " again and again");
            return sent + (latest == Result.NONE ? "" : "; the latest answer is " + latest);
        }
    }

    synchronized void note(FlowEvent event) {
        if (event.direction() == Direction.IN) {
            awaited.remove(new Key(Kind.ALIVE, event.peer()));
        } else if (AWAITED.contains(event.kind())) {
            noteSent(event);
        }
    }

    private void noteSent(FlowEvent event) {
        Key key = new Key(event.kind(), event.peer());
        Awaited known = awaited.get(key);
        if (event.moment() == Moment.BEFORE) {
            awaited.putIfAbsent(key, new Awaited(event.kind(), event.peer(), event.time(), Result.NONE));
        } else if (known != null && isLeftOpen(event)) {
            awaited.put(key, new Awaited(event.kind(), event.peer(), known.since(), event.result()));
        } else {
            awaited.remove(key);
        }
    }

    /** It is asked again until the outcome is known, or the peer lives. */
    private static boolean isLeftOpen(FlowEvent event) {
        return switch (event.kind()) {
            case DECISIONS -> event.result() != Result.COMMIT && event.result() != Result.ROLLBACK;
            case ALIVE -> event.result() == Result.NO_ANSWER;
            default -> false;
        };
    }

    synchronized List<Awaited> all() {
        return List.copyOf(awaited.values());
    }
}
