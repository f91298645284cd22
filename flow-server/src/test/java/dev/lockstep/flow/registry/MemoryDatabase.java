package dev.lockstep.flow.registry;

import dev.lockstep.participant.branch.GlobalId;
import dev.lockstep.participant.branch.ParticipantId;
import dev.lockstep.participant.flow.DecisionState;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** What a participant's database keeps: prepared branches, decision rows, committed work. It outlives servers. Thread-safe. */
final class MemoryDatabase {

    private final ParticipantId id;
    private final Map<String, GlobalId> prepared = new HashMap<>();
    private final Map<String, String> preparedWork = new HashMap<>();
    private final Set<GlobalId> rows = new HashSet<>();
    private final Set<String> committed = new HashSet<>();
    private boolean isAway;

    MemoryDatabase(String name, long cluster) {
        this.id = new ParticipantId(name, cluster, 1, 2);
    }

    ParticipantId id() {
        return id;
    }

    synchronized void prepare(String branch, GlobalId decision, String work) {
        if (prepared.putIfAbsent(branch, decision) != null) {
            throw new IllegalStateException(branch + " is prepared already");
        }
        preparedWork.put(branch, work);
    }

    /** It answers nothing any more; what is prepared stays. */
    synchronized void isAway(boolean isSo) {
        isAway = isSo;
    }

    synchronized boolean isAway() {
        return isAway;
    }

    /** The commit point's row becomes visible with its branch. */
    synchronized boolean commit(String branch, boolean isCommitPoint) {
        GlobalId decision = prepared.remove(branch);
        if (decision == null) {
            return false;
        }
        committed.add(preparedWork.remove(branch));
        if (isCommitPoint) {
            rows.add(decision);
        }
        return true;
    }

    synchronized boolean rollback(String branch) {
        return prepared.remove(branch) != null;
    }

    synchronized DecisionState state(GlobalId decision, String commitPoint) {
        if (decision.equals(prepared.get(commitPoint))) {
            return DecisionState.PREPARED;
        }
        return rows.contains(decision) ? DecisionState.COMMITTED : DecisionState.NO_ROW;
    }

    synchronized boolean isPrepared(String branch) {
        return prepared.containsKey(branch);
    }

    synchronized Set<String> prepared() {
        return Set.copyOf(prepared.keySet());
    }

    synchronized Set<String> committed() {
        return Set.copyOf(committed);
    }

    synchronized Set<GlobalId> rows() {
        return Set.copyOf(rows);
    }

    synchronized void forget(GlobalId decision) {
        rows.remove(decision);
    }
}
