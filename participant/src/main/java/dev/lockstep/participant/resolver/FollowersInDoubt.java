package dev.lockstep.participant.resolver;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.partitioningBy;

import dev.lockstep.participant.branch.BranchId;
import dev.lockstep.participant.branch.ParticipantId;
import dev.lockstep.participant.branch.Role;
import dev.lockstep.participant.database.ParticipantDatabase;
import dev.lockstep.participant.database.PreparedBranch;
import dev.lockstep.participant.flow.DecisionSource;
import dev.lockstep.participant.observe.Evidence;
import dev.lockstep.participant.transaction.LocalTransactions;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;

/**
 * R2. Where this process has learned that the transaction is committed, nobody is asked. Else first the follower is seen prepared. Then its
 * commit point's database is asked, at a peer if no pool leads there: Is the commit point still prepared? Yes, then wait for R1. Then, in a
 * later snapshot, is the decision row there? {@code COMMIT PREPARED}, or else {@code ROLLBACK PREPARED}. No answer that is older than the
 * one before it may be used, and none without the barrier after it.
 */
record FollowersInDoubt(LocalTransactions local, Sessions sessions, ParticipantDatabase database) {

    /** Whatever a server says that may be behind. */
    static final Verdict KNOWN =
            new Verdict(Evidence.COMMIT, "this process has learned that its transaction is committed");

    private static final Logger LOG = System.getLogger(FollowersInDoubt.class.getName());

    /**
     * Settles them.
     *
     * @param prepared the branches seen prepared here, of transactions that do not live here
     * @param settlement ends them, or reports those whose commit point no pool of this process reaches
     * @throws SQLException if this database does not answer; a commit point's that does not is waited for
     */
    void settle(List<PreparedBranch> prepared, Settlement settlement) throws SQLException {
        Map<Boolean, List<BranchId>> inDoubt = prepared.stream()
                .filter(branch -> branch.id().role() == Role.FOLLOWER && !branch.isFresh())
                .map(PreparedBranch::id)
                .collect(partitioningBy(branch -> local.looseEnds().isCommitted(branch.global())));
        for (BranchId branch : inDoubt.get(true)) {
            settlement.carryOut(branch, KNOWN);
        }
        Map<ParticipantId, List<BranchId>> byCommitPoint =
                inDoubt.get(false).stream().collect(groupingBy(BranchId::commitPoint));
        for (Map.Entry<ParticipantId, List<BranchId>> followers : byCommitPoint.entrySet()) {
            settle(followers.getKey(), followers.getValue(), settlement);
        }
    }

    private void settle(ParticipantId commitPoint, List<BranchId> followers, Settlement settlement)
            throws SQLException {
        boolean isReachedHere = local.database(commitPoint).isPresent();
        Testimony testimony;
        try {
            testimony = Testimony.take(
                    sessions,
                    commitPoint,
                    isReachedHere,
                    followers.stream().map(BranchId::global).toList());
        } catch (SQLException e) {
            LOG.log(Level.DEBUG, "{0} followers in {1} wait for {2}", followers.size(), database, commitPoint);
            if (!isReachedHere) {
                followers.forEach(branch -> settlement.report(branch, unreachable(local, commitPoint)));
            }
            return;
        }
        for (BranchId branch : followers) {
            settlement.carryOut(branch, testimony.on(branch.global()));
        }
    }

    static String unreachable(LocalTransactions local, ParticipantId commitPoint) {
        return "its commit point is in the database " + commitPoint
                + ", to which no connection pool of this server has led yet"
                + (local.elsewhere() == DecisionSource.NONE ? "" : ", and no peer answers for it");
    }
}
