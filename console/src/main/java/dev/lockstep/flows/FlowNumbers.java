package dev.lockstep.flows;

import java.time.Duration;
import java.util.Map;

/**
 * This server's flows in numbers, for metrics and health.
 *
 * @param open flows that are not over here
 * @param waiting those of them in which this server waits for a peer or a database
 * @param parked gates between vote and decision
 * @param oldestParked how long the first of them has been parked; zero if there is none
 * @param oldestPrepared for how long something has been prepared at most, by the commit point's database
 * @param patienceRollbacks holders that gave up a vote, since the start
 * @param inDoubtAnswers applications that were told that the outcome is not known yet, since the start
 * @param parkings gates that have heard the decision
 * @param refusals refused messages and calls, by reason; all reasons are there
 * @param rowsKept decision rows that are kept now, by reason
 * @param waits for the threads of each lane and the connections of each pool, by name
 * @param peers what is known of each peer, by name
 */
public record FlowNumbers(
        int open,
        int waiting,
        int parked,
        Duration oldestParked,
        Map<String, Duration> oldestPrepared,
        long patienceRollbacks,
        long inDoubtAnswers,
        Waits parkings,
        Map<String, Long> refusals,
        Map<String, Long> rowsKept,
        Map<String, Waits> waits,
        Map<String, Peer> peers) {

    static final FlowNumbers NONE =
            new FlowNumbers(0, 0, 0, Duration.ZERO, Map.of(), 0, 0, Waits.NONE, Map.of(), Map.of(), Map.of(), Map.of());

    /**
     * Waits of one kind.
     *
     * @param count how many
     * @param total how long together
     * @param longest the longest
     */
    public record Waits(long count, Duration total, Duration longest) {

        static final Waits NONE = new Waits(0, Duration.ZERO, Duration.ZERO);
    }

    /**
     * A peer.
     *
     * @param isReachable whether the last that is known of it is a message or an answer
     * @param words the same for people, with the times
     * @param skew by how much its clock is ahead of this server's; zero if that is not known
     */
    public record Peer(boolean isReachable, String words, Duration skew) {}
}
