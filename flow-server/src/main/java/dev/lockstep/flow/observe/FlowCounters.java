package dev.lockstep.flow.observe;

import java.time.Duration;
import java.util.Map;

/**
 * What was counted since this server started.
 *
 * @param patienceRollbacks holders that gave up a vote since their superior was silent
 * @param inDoubtAnswers applications that were told that the outcome is not known yet
 * @param parked how long gates were parked between vote and decision; those still parked not included
 * @param refusals messages and calls refused, by reason
 * @param rowsKept decision rows that are kept now, by reason
 * @param waits how long was waited in each lane, and for each pool's connections, by name
 */
public record FlowCounters(
        long patienceRollbacks,
        long inDoubtAnswers,
        Waits parked,
        Map<Refusal, Long> refusals,
        Map<String, Long> rowsKept,
        Map<String, Waits> waits) {

    /** Takes copies of the maps. */
    public FlowCounters {
        refusals = Map.copyOf(refusals);
        rowsKept = Map.copyOf(rowsKept);
        waits = Map.copyOf(waits);
    }

    /**
     * Waits of one kind.
     *
     * @param count how many
     * @param total how long together
     * @param longest the longest
     */
    public record Waits(long count, Duration total, Duration longest) {

        /** None yet. */
        public static final Waits NONE = new Waits(0, Duration.ZERO, Duration.ZERO);

        Waits plus(Duration one) {
            return new Waits(count + 1, total.plus(one), one.compareTo(longest) > 0 ? one : longest);
        }
    }
}
