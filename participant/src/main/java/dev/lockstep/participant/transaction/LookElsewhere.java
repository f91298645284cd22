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
 * <p>The superior takes a missing row for a rollback only within half of the retention, as P2 does. A follower does so only if it has been
 * seen prepared before and after: as long as it is, the row would be there.
 *
 * @param local knows the databases, and whom to ask besides
 * @param transaction whose decision
 * @param keeper who keeps it
 */
record LookElsewhere(LocalTransactions local, GlobalTransaction transaction, Keeper keeper) {

    Outcome look() throws SQLException {
        Optional<Gate> bound = transaction.gate().filter(Gate::isBound);
        boolean isSeenPrepared = bound.isPresent() && isSeenPrepared(bound.get());
        DecisionState state = Inquiry.decisions(local, keeper.database(), List.of(keeper.decision()))
                .get(keeper.decision());
        if (state == DecisionState.COMMITTED) {
            return Outcome.COMMIT;
        }
        if (state != DecisionState.NO_ROW) {
            return Outcome.UNKNOWN;
        }
        boolean mayConclude = bound.isPresent()
                ? isSeenPrepared
                        && isSeenPrepared(bound.get()) // or else somebody has ended it, and the row was forgotten
                : transaction.mayConcludeFromMissingRow();
        return mayConclude ? Outcome.ROLLBACK : Outcome.UNKNOWN;
    }

    /** Looks for one of its branches, or of the servers that it called; each of them keeps the row. */
    private boolean isSeenPrepared(Gate bound) throws SQLException {
        GlobalId decision = keeper.decision();
        SQLException silence = null;
        for (Member member : transaction.members()) {
            if (member.isCommitted()) {
                continue; // it has written nothing, or is done
            }
            try {
                if (member instanceof Branch branch ? isPrepared(branch) : isPrepared(member.databases(), decision)) {
                    bound.isEndedByOthers(false);
                    return true;
                }
            } catch (SQLException e) {
                silence = e;
            }
        }
        bound.isEndedByOthers(silence == null);
        return false;
    }

    private static boolean isPrepared(Branch branch) throws SQLException {
        try (Session session = branch.database().open()) {
            boolean isPrepared = session.isPrepared(branch.id());
            session.barrier();
            return isPrepared;
        }
    }

    private boolean isPrepared(Set<ParticipantId> databases, GlobalId decision) throws SQLException {
        for (ParticipantId database : databases) {
            boolean mayBeTheCommitPoint = database.equals(keeper.database());
            if (!mayBeTheCommitPoint
                    && Inquiry.prepared(local, database, List.of(decision)).contains(decision)) {
                return true;
            }
        }
        return false;
    }
}
