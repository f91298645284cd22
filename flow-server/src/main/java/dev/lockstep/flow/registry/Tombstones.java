package dev.lockstep.flow.registry;

import dev.lockstep.flow.trust.Peer;
import java.time.Duration;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;

/**
 * Flows that are over are remembered for twice the signatures' window: so long late work of them may come, and is refused (F9). A vote of
 * "nothing" is among what is remembered. Thread-safe.
 */
final class Tombstones {

    /** What a peer may leave without any flow here; the oldest goes first, since F8 ends late work anyway. */
    private static final int RUMOURS_MAX = 10_000;

    private final Duration time;
    private final Map<UUID, Stone> byFlow = new LinkedHashMap<>();
    private final Map<UUID, Stone> byHandle = new LinkedHashMap<>();
    private final Map<Rumour, Deadline> rumours = new LinkedHashMap<>();

    Tombstones(Duration window) {
        this.time = window.multipliedBy(2);
    }

    private record Stone(SubordinateFlow flow, Deadline until) {}

    /** A rollback of a flow that is not known. It binds who told it alone. */
    private record Rumour(UUID flow, String peer) {}

    synchronized void add(SubordinateFlow flow) {
        purge();
        Stone stone = new Stone(flow, Deadline.in(time));
        putLast(byFlow, flow.id(), stone);
        putLast(byHandle, flow.handle(), stone);
    }

    synchronized void addUnknown(UUID flow, Peer from) {
        purge();
        putLast(rumours, new Rumour(flow, from.name()), Deadline.in(time));
        if (rumours.size() > RUMOURS_MAX) {
            rumours.remove(rumours.keySet().iterator().next());
        }
    }

    synchronized boolean refuses(UUID flow, Peer caller) {
        purge();
        return byFlow.containsKey(flow) || rumours.containsKey(new Rumour(flow, caller.name()));
    }

    synchronized Optional<SubordinateFlow> byHandle(UUID handle) {
        purge();
        return Optional.ofNullable(byHandle.get(handle)).map(Stone::flow);
    }

    synchronized int size() {
        purge();
        return byFlow.size() + rumours.size();
    }

    synchronized void purge() {
        dropOldest(byFlow, Stone::until);
        dropOldest(byHandle, Stone::until);
        dropOldest(rumours, until -> until);
    }

    private static <K, V> void putLast(Map<K, V> map, K key, V value) {
        map.remove(key);
        map.put(key, value);
    }

    /** All are kept for the same time, so the oldest come first: each call would else look at all flows of the last minute. */
    private static <V> void dropOldest(Map<?, V> map, Function<V, Deadline> until) {
        Iterator<V> values = map.values().iterator();
        while (values.hasNext() && until.apply(values.next()).isOver()) {
            values.remove();
        }
    }
}
