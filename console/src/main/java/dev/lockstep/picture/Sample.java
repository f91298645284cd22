package dev.lockstep.picture;

import dev.lockstep.journal.State;
import dev.lockstep.journal.Story;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Of the transactions that end, as many as a person can look at: the first few of each period, its slowest, those that did not go
 * well, and those that were shown before they ended. The others are counted. Thread-safe.
 */
final class Sample {

    private static final int ORDINARY_MAX = 5;
    private static final int ABORTED_MAX = 5;
    private static final int HEALED_MAX = 15;
    private static final int ORDINARY_KEPT_MAX = 30;
    private static final int TROUBLED_KEPT_MAX = 60;

    private final Deque<Story> ordinaryKept = new ArrayDeque<>();
    private final Deque<Story> troubledKept = new ArrayDeque<>();
    private List<Story> taken = new ArrayList<>();
    private Set<Story> shownOpen = Set.of();
    private Story slowest;
    private int ordinary;
    private int aborted;
    private int healed;
    private int ended;

    synchronized void add(Story story) {
        ended++;
        if (shownOpen.contains(story) || hasRoom(story)) {
            taken.add(story);
        } else if (slowest == null || story.duration().compareTo(slowest.duration()) > 0) {
            slowest = story;
        }
    }

    private boolean hasRoom(Story story) {
        if (isOrdinary(story)) {
            return ordinary++ < ORDINARY_MAX;
        }
        return story.isResolved() ? healed++ < HEALED_MAX : aborted++ < ABORTED_MAX;
    }

    /** What was shown open must be shown ended, too. */
    synchronized void shownOpen(Collection<Story> open) {
        shownOpen = Set.copyOf(open);
    }

    private static boolean isOrdinary(Story story) {
        return story.state() == State.COMMITTED && !story.isResolved();
    }

    /** Ends the period. */
    synchronized Period period() {
        if (slowest != null) {
            taken.add(slowest);
        }
        Period period = new Period(ended, taken);
        taken.forEach(story -> (isOrdinary(story) ? ordinaryKept : troubledKept).addLast(story));
        trim(ordinaryKept, ORDINARY_KEPT_MAX);
        trim(troubledKept, TROUBLED_KEPT_MAX);
        taken = new ArrayList<>();
        slowest = null;
        ordinary = 0;
        aborted = 0;
        healed = 0;
        ended = 0;
        return period;
    }

    private static void trim(Deque<Story> kept, int max) {
        while (kept.size() > max) {
            kept.removeFirst();
        }
    }

    /** {@return the transactions shown last, oldest first; those with trouble are kept for longer} */
    synchronized List<Story> kept() {
        return Stream.concat(ordinaryKept.stream(), troubledKept.stream())
                .sorted(Comparator.comparing(Story::began))
                .toList();
    }

    /**
     * What ended in a period.
     *
     * @param ended how many
     * @param shown some of them
     */
    record Period(int ended, List<Story> shown) {}
}
