package dev.lockstep.participant.transaction;

import dev.lockstep.participant.branch.GlobalId;
import dev.lockstep.participant.branch.ParticipantId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;

/** What ended transactions of this process left to do; the resolver does it. It may be lost only with the process. Thread-safe. */
public final class LooseEnds {

    private final Set<GlobalId> decidedToCommit = ConcurrentHashMap.newKeySet();
    private final Set<GlobalId> committed = ConcurrentHashMap.newKeySet();
    private final Map<ParticipantId, Queue<GlobalId>> seenThrough = new ConcurrentHashMap<>();
    private final Map<ParticipantId, Set<GlobalId>> askedNoMore = new ConcurrentHashMap<>();

    void add(GlobalTransaction transaction) {
        ParticipantId commitPoint = transaction.commitPoint().database().id();
        if (transaction.isDecidedToCommit() && transaction.isSeenThrough()) {
            seenThrough
                    .computeIfAbsent(commitPoint, unseen -> new ConcurrentLinkedQueue<>())
                    .add(transaction.id());
        } else if (transaction.isDecidedToCommit()) {
            if (transaction.outcome() != Outcome.ROLLBACK) {
                decidedToCommit.add(transaction.id());
            }
            if (transaction.outcome() == Outcome.COMMIT) {
                committed.add(transaction.id());
            }
            askedNoMore
                    .computeIfAbsent(commitPoint, unseen -> ConcurrentHashMap.newKeySet())
                    .add(transaction.id());
        }
    }

    /**
     * Tells what to do with our own commit point that is still prepared (R1).
     *
     * @param id a transaction that lives here no more
     * @return whether it was decided to commit
     */
    public boolean isDecidedToCommit(GlobalId id) {
        return decidedToCommit.contains(id);
    }

    /**
     * Tells whether a transaction is known here to be committed, whatever a server says that may be behind (R2).
     *
     * @param id a transaction that lives here no more
     * @return whether this process has learned so, and a branch may be prepared still
     */
    public boolean isCommitted(GlobalId id) {
        return committed.contains(id);
    }

    /**
     * Takes the decisions that were seen through to the end: every branch has committed and answered, and the client was told.
     *
     * @param commitPoint whose rows
     * @param limit how many at most
     * @return what may be forgotten without a look; not returned again
     */
    public List<GlobalId> takeSeenThrough(ParticipantId commitPoint, int limit) {
        Queue<GlobalId> queue = seenThrough.get(commitPoint);
        List<GlobalId> taken = new ArrayList<>();
        while (queue != null && taken.size() < limit && !queue.isEmpty()) {
            taken.add(queue.remove());
        }
        return taken;
    }

    /**
     * Gives back what could not be forgotten now.
     *
     * @param commitPoint whose rows
     * @param globals what {@link #takeSeenThrough} gave
     */
    public void giveBack(ParticipantId commitPoint, Collection<GlobalId> globals) {
        askedNoMore
                .computeIfAbsent(commitPoint, unseen -> ConcurrentHashMap.newKeySet())
                .addAll(globals);
    }

    /**
     * Lists transactions of ours about whose decision nobody will ask any more, save for a follower that is still prepared.
     *
     * @param commitPoint whose rows
     * @return their ids
     */
    public Set<GlobalId> askedNoMore(ParticipantId commitPoint) {
        return Set.copyOf(askedNoMore.getOrDefault(commitPoint, Set.of()));
    }

    /**
     * Nothing is left to do.
     *
     * @param commitPoint whose rows
     * @param globals transactions without a row and without a prepared commit point
     */
    public void done(ParticipantId commitPoint, Collection<GlobalId> globals) {
        Set<GlobalId> left = askedNoMore.get(commitPoint);
        if (left != null) {
            left.removeAll(globals);
        }
        decidedToCommit.removeAll(globals);
        committed.removeAll(globals);
    }
}
