package dev.lockstep.participant.resolver;

import dev.lockstep.participant.branch.GlobalId;
import dev.lockstep.participant.branch.ParticipantId;
import dev.lockstep.participant.flow.DecisionState;
import dev.lockstep.participant.observe.Evidence;
import java.sql.SQLException;
import java.util.Collection;
import java.util.Map;

/**
 * What the database of commit points says of transactions, whether or not their coordinators live. It holds for followers that were seen
 * prepared before it was asked, and only for those.
 *
 * @param where the database, and who has asked it
 * @param states what it says of each
 */
record Testimony(String where, Map<GlobalId, DecisionState> states) {

    /** Takes it: R2's two reads, in their order, and the barrier, through a pool of this process, or else at a peer. */
    static Testimony take(
            Sessions sessions, ParticipantId commitPoint, boolean isReachedHere, Collection<GlobalId> globals)
            throws SQLException {
        return new Testimony(
                commitPoint.name() + (isReachedHere ? "" : " (as a peer says)"),
                sessions.decisions(commitPoint, globals));
    }

    Verdict on(GlobalId global) {
        DecisionState state = states.get(global);
        if (state == null) {
            return new Verdict(Evidence.UNKNOWN, "nothing was said of its commit point in " + where);
        }
        return switch (state) {
            case PREPARED -> new Verdict(Evidence.OPEN, "its commit point in " + where + " is still prepared");
            case COMMITTED ->
                new Verdict(
                        Evidence.COMMIT, "its commit point in " + where + " is committed, the decision row is there");
            case NO_ROW ->
                new Verdict(
                        Evidence.ROLLBACK,
                        "its commit point in " + where + " is not prepared, and there is no decision row");
        };
    }
}
