package dev.lockstep.participant.resolver;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.partitioningBy;

import dev.lockstep.participant.branch.BranchId;
import dev.lockstep.participant.branch.ParticipantId;
import dev.lockstep.participant.branch.Role;
import dev.lockstep.participant.database.ParticipantDatabase;
import dev.lockstep.participant.database.PreparedBranch;
import dev.lockstep.participant.observe.Evidence;
import dev.lockstep.participant.transaction.LocalTransactions;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * R2. Where this process has learned that the transaction is committed, nobody is asked. Else first the follower is seen prepared, then its commit point's database is asked whether that is still prepared: yes, then wait
 * for R1. Then, in a later snapshot, whether the decision row is there: {@code COMMIT PREPARED}, or else {@code ROLLBACK PREPARED}. No
 * answer that is older than the one before it may be used, and none without the barrier after it.
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
            Optional<ParticipantDatabase> commitPoint = local.database(followers.getKey());
            if (commitPoint.isPresent()) {
                settle(followers.getValue(), commitPoint.get(), settlement);
            } else {
                followers.getValue().forEach(branch -> settlement.report(branch, unreachable(branch.commitPoint())));
            }
        }
    }

    private void settle(List<BranchId> followers, ParticipantDatabase commitPoint, Settlement settlement)
            throws SQLException {
        Testimony testimony;
        try {
            testimony = Testimony.take(
                    sessions,
                    commitPoint,
                    followers.stream().map(BranchId::global).toList());
        } catch (SQLException e) {
            LOG.log(Level.DEBUG, "{0} followers in {1} wait for {2}", followers.size(), database, commitPoint);
            return;
        }
        for (BranchId branch : followers) {
            settlement.carryOut(branch, testimony.on(branch.global()));
        }
    }

    static String unreachable(ParticipantId commitPoint) {
        return "its commit point is in the database " + commitPoint
                + ", to which no connection pool of this server has led yet";
    }
}
