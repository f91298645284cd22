package dev.lockstep.participant.transaction;

import dev.lockstep.participant.branch.GlobalId;
import dev.lockstep.participant.branch.ParticipantId;
import dev.lockstep.participant.flow.Outcome;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
    private final Map<ParticipantId, Map<GlobalId, Held>> held = new ConcurrentHashMap<>();

    /** Whether all of it that this process knows is done. */
    private enum Held {
        SEEN_THROUGH,
        OPEN
    }

    /** A decision that another server's transaction has is that one's to forget. */
    void add(GlobalTransaction transaction) {
        Optional<Keeper> keeper = transaction.keeper().filter(Keeper::isHere);
        if (keeper.isEmpty() || !transaction.isDecidedToCommit()) {
            return;
        }
        ParticipantId commitPoint = keeper.get().database();
        boolean isSeenThrough = transaction.isSeenThrough();
        if (!isSeenThrough && transaction.outcome() != Outcome.ROLLBACK) {
            decidedToCommit.add(transaction.id());
        }
        if (!isSeenThrough && transaction.outcome() == Outcome.COMMIT) {
            committed.add(transaction.id());
        }
        if (transaction.gate().isPresent()) {
            hold(commitPoint, transaction, isSeenThrough ? Held.SEEN_THROUGH : Held.OPEN);
        } else if (isSeenThrough) {
            seenThrough(commitPoint).add(transaction.id());
        } else {
            askedNoMore(transaction.id(), commitPoint);
        }
    }

    /** For the superior, which may have said already that it needs it no more. */
    private synchronized void hold(ParticipantId commitPoint, GlobalTransaction transaction, Held as) {
        held.computeIfAbsent(commitPoint, unseen -> new ConcurrentHashMap<>()).put(transaction.id(), as);
        transaction
                .gate()
                .flatMap(Gate::forgotten)
                .ifPresent(areDone -> release(commitPoint, transaction.id(), areDone));
    }

    /**
     * The superior of a decision needs it no more (F10).
     *
     * @param commitPoint whose row
     * @param living the transaction, if it is not over here
     * @param id which; left alone if it is not held for a superior
     * @param isDone whether everything is done everywhere
     */
    synchronized void forget(
            ParticipantId commitPoint, Optional<GlobalTransaction> living, GlobalId id, boolean isDone) {
        living.flatMap(GlobalTransaction::gate).ifPresent(gate -> gate.forget(isDone));
        release(commitPoint, id, isDone);
    }

    private void release(ParticipantId commitPoint, GlobalId id, boolean isDone) {
        Held as = held.getOrDefault(commitPoint, Map.of()).get(id);
        if (as == null) {
            return;
        }
        if (isDone && as == Held.SEEN_THROUGH) {
            seenThrough(commitPoint).add(id);
        } else {
            askedNoMore(id, commitPoint);
        }
        held.get(commitPoint).remove(id);
    }

    private Queue<GlobalId> seenThrough(ParticipantId commitPoint) {
        return seenThrough.computeIfAbsent(commitPoint, unseen -> new ConcurrentLinkedQueue<>());
    }

    private void askedNoMore(GlobalId id, ParticipantId commitPoint) {
        askedNoMore
                .computeIfAbsent(commitPoint, unseen -> ConcurrentHashMap.newKeySet())
                .add(id);
    }

    /**
     * Lists the decisions that are held for superiors elsewhere. They are not forgotten but on their word, or by age.
     *
     * @param commitPoint whose rows
     * @return their ids
     */
    public Set<GlobalId> held(ParticipantId commitPoint) {
        return Set.copyOf(held.getOrDefault(commitPoint, Map.of()).keySet());
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
        held.getOrDefault(commitPoint, new ConcurrentHashMap<>()).keySet().removeAll(globals);
        decidedToCommit.removeAll(globals);
        committed.removeAll(globals);
    }
}
