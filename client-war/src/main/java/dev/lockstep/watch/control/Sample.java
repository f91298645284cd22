package dev.lockstep.watch.control;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/**
 * Of the transactions that end, as many as a person can look at: the first few of each period, its slowest, and those that did
 * not go well. The others are counted. Thread-safe.
 */
final class Sample {

    private static final int ORDINARY_MAX = 5;
    private static final int TROUBLED_MAX = 20;
    private static final int KEPT_MAX = 300;

    private final Deque<Story> kept = new ArrayDeque<>();
    private List<Story> taken = new ArrayList<>();
    private Story slowest;
    private int ordinary;
    private int troubled;
    private int ended;

    synchronized void add(Story story) {
        ended++;
        boolean isOrdinary = story.state() == State.COMMITTED && !story.isResolved();
        if (isOrdinary ? ordinary++ < ORDINARY_MAX : troubled++ < TROUBLED_MAX) {
            taken.add(story);
        } else if (slowest == null || duration(story).compareTo(duration(slowest)) > 0) {
            slowest = story;
        }
    }

    private static Duration duration(Story ended) {
        return ended.age(Instant.MAX);
    }

    /** Ends the period. */
    synchronized Period period() {
        if (slowest != null) {
            taken.add(slowest);
        }
        Period period = new Period(ended, taken);
        taken.forEach(kept::addLast);
        while (kept.size() > KEPT_MAX) {
            kept.removeFirst();
        }
        taken = new ArrayList<>();
        slowest = null;
        ordinary = 0;
        troubled = 0;
        ended = 0;
        return period;
    }

    /** {@return the transactions shown last, oldest first} */
    synchronized List<Story> kept() {
        return List.copyOf(kept);
    }

    /**
     * What ended in a period.
     *
     * @param ended how many
     * @param shown some of them
     */
    record Period(int ended, List<Story> shown) {}
}
