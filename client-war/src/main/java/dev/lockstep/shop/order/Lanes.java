package dev.lockstep.shop.order;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * Who commits next, and with whom. In each lane one transaction is under way, and no product is in two lanes. Thread-safe.
 *
 * <p>Whoever finds a lane free, and his product in none, has it at once and alone. All others wait, in the order in which they came. When a lane
 * becomes free, all who wait for a product that is in no lane have it together, up to a limit. So nobody waits for company: he waits for a commit that is
 * under way, and the longer that takes, the more share the next one.
 *
 * <p>For each product it is first come, first served. Nobody starves: when a product leaves its lane, those who have waited longest for it go first.
 *
 * <p>A commit that stands still waits for something, such as a row that somebody else has. It must not keep those who want other products. So its lane is
 * not counted any more, and there may be more lanes than usual, up to a limit. It stands still if many others have ended meanwhile, or if nothing has ended
 * at all for a while. That it is slow tells nothing: then all are, and more lanes would make them slower.
 *
 * @param <W> one who waits
 */
final class Lanes<W extends Lanes.Waiting> {

    /** A commit that so many others have overtaken stands still. */
    private static final int OTHERS = 16;

    /** If no commit ends for so long, all stand still. */
    private static final Duration STILLNESS = Duration.ofSeconds(1);

    private final Limits limits;
    private final LongSupplier nanoTime;
    private final Executor threads;
    private final Function<List<W>, Served<W>> work;
    private final Consumer<W> refusal;
    private final Consumer<W> failure;

    private final Deque<Place<W>> queue = new ArrayDeque<>();
    private final Set<Integer> inALane = new HashSet<>();

    /** The products of each lane, and how many commits had ended when they got it. */
    private final Map<Set<Integer>, Long> taken = new HashMap<>();

    /** Those who have a lane, and whom no thread has begun to serve. */
    private final Set<List<W>> handed = new HashSet<>();

    private long ended;

    /** When a commit ended last, or the first began. */
    private long movedAt;

    private boolean isClosed;

    /** One who waits. Equal only to himself. */
    interface Waiting {

        /** {@return what he waits for} */
        int productId();
    }

    /**
     * What came of those who shared a lane.
     *
     * @param again those who must be served once more, each alone and before all who came after them
     * @param afterwards what is left to do when the lane is free again
     */
    record Served<W>(List<W> again, Runnable afterwards) {}

    private record Place<W>(W waiting, boolean isAlone) {}

    /**
     * How many of what.
     *
     * @param lanes usual lanes; 1 or more
     * @param lanesMax lanes, those included whose commit stands still; {@code lanes} or more
     * @param waitingMax how many may wait
     * @param togetherMax how many may share a lane
     */
    record Limits(int lanes, int lanesMax, int waitingMax, int togetherMax) {}

    /**
     * Free lanes.
     *
     * @param limits how many
     * @param nanoTime the time that passes
     * @param threads serve those who have waited
     * @param work serves those who have waited, in the order in which they came
     * @param refusal sends somebody away who has waited in vain, since the lanes are closed
     * @param failure tells one who was being served when the work failed: nobody knows what became of him
     */
    Lanes(
            Limits limits,
            LongSupplier nanoTime,
            Executor threads,
            Function<List<W>, Served<W>> work,
            Consumer<W> refusal,
            Consumer<W> failure) {
        this.limits = limits;
        this.nanoTime = nanoTime;
        this.threads = threads;
        this.work = work;
        this.refusal = refusal;
        this.failure = failure;
    }

    /**
     * Enters.
     *
     * @param productId the product
     * @param waiting makes him one who waits, if he must; called within, so it must not wait for anything
     * @return what becomes of him
     */
    Entry enter(int productId, Supplier<W> waiting) {
        goOn();
        synchronized (this) {
            if (isClosed) {
                return Entry.CLOSED;
            }
            if (isALaneFree() && !inALane.contains(productId) && !isAwaited(productId)) {
                take(Set.of(productId));
                return Entry.ALONE;
            }
            if (queue.size() >= limits.waitingMax()) {
                return Entry.FULL;
            }
            queue.addLast(new Place<>(waiting.get(), false));
            return Entry.WAITING;
        }
    }

    /** A lane may have become free this moment, by the clock. */
    private boolean isAwaited(int productId) {
        return queue.stream().anyMatch(place -> place.waiting.productId() == productId);
    }

    /** Gives lanes that are free, since others stand still, to those who wait. Whoever comes does so, too; where nobody comes, somebody must call this. */
    void goOn() {
        List<List<W>> next;
        synchronized (this) {
            next = allNext();
        }
        next.forEach(this::serveSoon);
    }

    /**
     * Leaves the lane to those who wait.
     *
     * @param productId the product of somebody who was {@link Entry#ALONE}
     */
    void leave(int productId) {
        leave(Set.of(productId), List.of());
    }

    /**
     * Waits no more.
     *
     * @param waiting one who waited
     * @return whether he did until now; if not, he is being served, or was
     */
    synchronized boolean withdraw(W waiting) {
        return queue.removeIf(place -> place.waiting == waiting);
    }

    /** {@return how many wait} */
    synchronized int waiting() {
        return queue.size();
    }

    /** Sends those away whom no thread has begun to serve, as none will any more. They have waited in vain, too. */
    void abandon() {
        List<List<W>> left;
        synchronized (this) {
            left = List.copyOf(handed);
            handed.clear();
        }
        left.forEach(together -> together.forEach(refusal));
    }

    /** Serves nobody any more who is not being served; all who wait are sent away. */
    void close() {
        List<W> left;
        synchronized (this) {
            isClosed = true;
            left = queue.stream().map(Place::waiting).toList();
            queue.clear();
        }
        left.forEach(refusal);
    }

    private void leave(Set<Integer> products, List<W> again) {
        List<List<W>> next;
        List<W> refused;
        synchronized (this) {
            taken.remove(products);
            inALane.removeAll(products);
            ended++;
            movedAt = nanoTime.getAsLong();
            refused = isClosed ? again : List.of();
            for (int i = again.size() - 1; i >= 0 && !isClosed; i--) {
                queue.addFirst(new Place<>(again.get(i), true));
            }
            next = allNext();
        }
        refused.forEach(refusal);
        next.forEach(this::serveSoon);
    }

    private void serveSoon(List<W> together) {
        try {
            threads.execute(() -> serve(together));
        } catch (RuntimeException | Error e) { // closed just now, or there is no memory for a task
            if (isTakenBack(together)) {
                together.forEach(refusal);
                leave(products(together), List.of());
            }
        }
    }

    private synchronized boolean isTakenBack(List<W> together) {
        return handed.remove(together);
    }

    private void serve(List<W> together) {
        if (!isTakenBack(together)) {
            return; // they were sent away
        }
        List<W> again = List.of();
        Runnable afterwards = () -> together.forEach(failure);
        try {
            Served<W> served = work.apply(together);
            again = served.again();
            afterwards = served.afterwards();
        } finally {
            try {
                leave(products(together), again);
            } finally {
                afterwards.run();
            }
        }
    }

    private boolean isALaneFree() {
        long now = nanoTime.getAsLong();
        if (now - movedAt >= STILLNESS.toNanos()) {
            taken.replaceAll((products, before) -> ended - OTHERS);
        }
        int counted = 0;
        for (long before : taken.values()) {
            if (ended - before < OTHERS) {
                counted++;
            }
        }
        return counted < limits.lanes() && taken.size() < limits.lanesMax();
    }

    private void take(Set<Integer> products) {
        if (taken.isEmpty()) {
            movedAt = nanoTime.getAsLong();
        }
        taken.put(products, ended);
        inALane.addAll(products);
    }

    private List<List<W>> allNext() {
        List<List<W>> all = new ArrayList<>();
        for (List<W> together = next(); !together.isEmpty(); together = next()) {
            all.add(together);
        }
        return all;
    }

    /** Those who have the next free lane, none if there is no such lane or nobody waits for it. */
    private List<W> next() {
        List<W> together = new ArrayList<>();
        Set<Integer> passedOver = new HashSet<>();
        boolean isFull = queue.isEmpty() || !isALaneFree();
        for (Iterator<Place<W>> places = queue.iterator(); !isFull && places.hasNext(); ) {
            Place<W> place = places.next();
            int productId = place.waiting.productId();
            boolean isHisTurn = !inALane.contains(productId) && !passedOver.contains(productId);
            if (isHisTurn && (!place.isAlone || together.isEmpty())) {
                places.remove();
                together.add(place.waiting);
                isFull = place.isAlone || together.size() == limits.togetherMax();
            } else {
                passedOver.add(productId); // whoever came later for the same must not go before him
            }
        }
        if (!together.isEmpty()) {
            take(products(together));
            handed.add(together);
        }
        return together;
    }

    private static <W extends Waiting> Set<Integer> products(List<W> together) {
        return together.stream().map(Waiting::productId).collect(Collectors.toSet());
    }
}
