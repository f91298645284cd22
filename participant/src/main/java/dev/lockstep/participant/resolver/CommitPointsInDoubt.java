package dev.lockstep.participant.resolver;

import dev.lockstep.participant.branch.BranchId;
import dev.lockstep.participant.branch.GlobalId;
import dev.lockstep.participant.branch.Role;
import dev.lockstep.participant.coordinator.Coordinator;
import dev.lockstep.participant.database.NameLock;
import dev.lockstep.participant.database.ParticipantDatabase;
import dev.lockstep.participant.database.PreparedBranch;
import dev.lockstep.participant.database.Session;
import java.sql.SQLException;
import java.util.List;
import java.util.Set;

/**
 * R1. In doubt is a commit point whose coordinator's lock is free, or that bears our own name and whose transaction this process does not
 * know or has ended. {@code COMMIT PREPARED} if we decided so, else {@code ROLLBACK PREPARED}: if that wins, it is the decision.
 */
record CommitPointsInDoubt(Coordinator coordinator, Sessions sessions, ParticipantDatabase database) {

    /**
     * Settles them.
     *
     * @param prepared the branches seen prepared here, before anything else was asked
     * @param settlement ends them
     * @throws SQLException if the database does not answer
     */
    void settle(List<PreparedBranch> prepared, Settlement settlement) throws SQLException {
        List<BranchId> candidates = prepared.stream()
                .map(PreparedBranch::id)
                .filter(branch -> branch.role() == Role.COMMIT_POINT && !coordinator.isLiving(branch.global()))
                .toList();
        if (candidates.isEmpty()) {
            return;
        }
        Set<Long> locks = sessions.ask(database, Session::advisoryLocks);
        for (BranchId branch : candidates) {
            GlobalId global = branch.global();
            if (coordinator.name().isOurs(global.coordinator(), database)) {
                if (coordinator.looseEnds().isDecidedToCommit(global)) {
                    settlement.commit(branch, "this coordinator decided so, and got no answer");
                } else {
                    settlement.rollBack(branch, "it is ours, and we have not decided to commit it");
                }
            } else if (!locks.contains(NameLock.key(global.coordinator()))) {
                settlement.rollBack(branch, "its coordinator " + global.coordinator() + " holds its name no more");
            }
        }
    }
}
