package dev.lockstep.flow.registry;

import dev.lockstep.flow.trust.Peer;
import dev.lockstep.participant.branch.GlobalId;
import dev.lockstep.participant.branch.ParticipantId;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Whose hold was answered: only that peer may say that a decision is needed no more (FLOW-DESIGN, section 15, row 10). After a restart
 * nobody may, and the retention rules. Thread-safe.
 */
final class Holds {

    /** More are forgotten, the oldest first, and the retention rules. */
    static final int MAX = 100_000;

    private final Map<GlobalId, Hold> holds = new LinkedHashMap<>();

    /**
     * A hold that was answered with yes.
     *
     * @param superior who asked
     * @param commitPoint the database
     * @param below the server called that holds it, if this one does not
     * @param until after that the retention has let it go
     */
    record Hold(Peer superior, ParticipantId commitPoint, Optional<Peer> below, Deadline until) {}

    synchronized void add(
            GlobalId decision, Peer superior, ParticipantId commitPoint, Optional<Peer> below, Duration kept) {
        holds.put(decision, new Hold(superior, commitPoint, below, Deadline.in(kept)));
        if (holds.size() > MAX) {
            holds.remove(holds.keySet().iterator().next());
        }
    }

    /** Gives it away, if the peer may let it be forgotten. */
    synchronized Optional<Hold> take(GlobalId decision, Peer from, ParticipantId commitPoint) {
        Hold hold = holds.get(decision);
        if (hold == null
                || !hold.superior().name().equals(from.name())
                || !hold.commitPoint().equals(commitPoint)) {
            return Optional.empty();
        }
        holds.remove(decision);
        return Optional.of(hold);
    }

    synchronized int size() {
        return holds.size();
    }

    synchronized void purge() {
        holds.values().removeIf(hold -> hold.until().isOver());
    }
}
