package dev.lockstep.participant.transaction;

import dev.lockstep.participant.branch.GlobalId;
import dev.lockstep.participant.branch.ParticipantId;
import dev.lockstep.participant.database.Session;
import dev.lockstep.participant.flow.DecisionState;
import dev.lockstep.participant.flow.Outcome;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The look at a decision that another server's transaction has: through a pool of this process, or else a peer.
 *
 * <p>The superior takes a missing row for a rollback only within half of the retention, as P2 does. A follower does so only if it is then seen
 * still prepared: as long as it is, nobody may delete the row, so it was never there. Seen before the question it would prove less, for
 * somebody else may commit the branch, and forget the row, between the two. (R2 may rely on that, since its conclusion harms no branch that
 * has ended.)
 *
 * @param local knows the databases, and whom to ask besides
 * @param transaction whose decision
 * @param keeper who keeps it
 */
record LookElsewhere(LocalTransactions local, GlobalTransaction transaction, Keeper keeper) {

    Outcome look() throws SQLException {
        DecisionState state = Inquiry.decisions(local, keeper.database(), List.of(keeper.decision()))
                .get(keeper.decision());
        if (state == DecisionState.COMMITTED) {
            return Outcome.COMMIT;
        }
        return state == DecisionState.NO_ROW && mayConclude() ? Outcome.ROLLBACK : Outcome.UNKNOWN;
    }

    private boolean mayConclude() {
        Optional<Gate> bound = transaction.gate().filter(Gate::isBound);
        return bound.isPresent() ? isStillPrepared(bound.get()) : transaction.mayConcludeFromMissingRow();
    }

    /** Looks for one of its branches, or of the servers that it called; each of them keeps the row. */
    private boolean isStillPrepared(Gate bound) {
        boolean isSilent = false;
        for (Member member : transaction.members()) {
            if (member.isCommitted()) {
                continue; // it has written nothing, or is done
            }
            try {
                if (member instanceof Branch branch ? isPrepared(branch) : isPrepared(member.databases())) {
                    return true;
                }
            } catch (SQLException e) {
                isSilent = true;
            }
        }
        bound.isEndedByOthers(!isSilent);
        return false;
    }

    private static boolean isPrepared(Branch branch) throws SQLException {
        try (Session session = branch.database().open()) {
            boolean isPrepared = session.isPrepared(branch.id());
            session.barrier();
            return isPrepared;
        }
    }

    /** Looks in the databases of a called server. The commit point was not prepared any more, so what bears the decision's id follows it. */
    private boolean isPrepared(Set<ParticipantId> databases) throws SQLException {
        GlobalId decision = keeper.decision();
        for (ParticipantId database : databases) {
            if (Inquiry.prepared(local, database, List.of(decision)).contains(decision)) {
                return true;
            }
        }
        return false;
    }
}
