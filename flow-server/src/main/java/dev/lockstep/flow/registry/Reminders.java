package dev.lockstep.flow.registry;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/**
 * Flows that are committed, and servers called that have not said that all is done there: they are told again to commit, with growing
 * pauses, until they have. So the holder may forget its decision without a look (F10). What is not done when they have forgotten the flow,
 * the holder looks for. It is in memory alone: after a restart the retention rules. Thread-safe.
 */
final class Reminders {

    private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(8);
    private static final int WAITING_MAX = 10_000;
    private static final int AT_ONCE = 100;

    private final Duration time;
    private final Map<Flow, Turn> waiting = new LinkedHashMap<>();

    /**
     * Nothing to remind of.
     *
     * @param window of the signatures: for twice as long a server remembers a flow that is over
     */
    Reminders(Duration window) {
        this.time = window.multipliedBy(2);
    }

    /** When servers are told next, how long they are left in peace then, and until when. */
    private record Turn(Deadline next, Duration pause, Deadline until, Runnable whenSettled) {

        Turn following() {
            Duration doubled = pause.multipliedBy(2);
            Duration longer = doubled.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : doubled;
            return new Turn(Deadline.in(pause), longer, until, whenSettled);
        }
    }

    /**
     * The transaction manager has committed.
     *
     * @param flow what
     * @param whenSettled runs when all is done, or when that will not be heard
     */
    void committed(Flow flow, Runnable whenSettled) {
        settle(flow, new Turn(Deadline.in(Duration.ZERO), FIRST_PAUSE, Deadline.in(time), whenSettled));
    }

    private void settle(Flow flow, Turn turn) {
        boolean isAwaited = flow.remotes().stream().anyMatch(Remote::isWorthTelling)
                && flow.remotes().stream().noneMatch(remote -> remote.isPending() && !remote.isWorthTelling());
        if (!isAwaited || turn.until().isOver() || !add(flow, turn.following())) {
            turn.whenSettled().run();
        }
    }

    private synchronized boolean add(Flow flow, Turn turn) {
        if (waiting.size() >= WAITING_MAX) {
            return false;
        }
        waiting.put(flow, turn);
        return true;
    }

    /** Tells those whose time has come, and waits for none. */
    void send() {
        take().forEach(this::send);
    }

    private void send(Flow flow, Turn turn) {
        List<CompletableFuture<Void>> told = new ArrayList<>();
        flow.remotes().stream().filter(Remote::isWorthTelling).forEach(remote -> told.add(remote.tellAgain()));
        CompletableFuture<Void> unused =
                CompletableFuture.allOf(told.toArray(CompletableFuture[]::new)).thenRun(() -> settle(flow, turn));
    }

    private synchronized Map<Flow, Turn> take() {
        Map<Flow, Turn> due = new LinkedHashMap<>();
        Iterator<Map.Entry<Flow, Turn>> all = waiting.entrySet().iterator();
        while (all.hasNext() && due.size() < AT_ONCE) {
            Map.Entry<Flow, Turn> entry = all.next();
            if (entry.getValue().next().isOver()) {
                due.put(entry.getKey(), entry.getValue());
                all.remove();
            }
        }
        return due;
    }

    synchronized int waiting() {
        return waiting.size();
    }
}
