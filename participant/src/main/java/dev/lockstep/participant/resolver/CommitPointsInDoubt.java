package dev.lockstep.participant.resolver;

import dev.lockstep.participant.branch.BranchId;
import dev.lockstep.participant.branch.GlobalId;
import dev.lockstep.participant.branch.Role;
import dev.lockstep.participant.database.NameLock;
import dev.lockstep.participant.database.ParticipantDatabase;
import dev.lockstep.participant.database.PreparedBranch;
import dev.lockstep.participant.database.Session;
import dev.lockstep.participant.observe.Evidence;
import dev.lockstep.participant.transaction.LocalTransactions;
import java.sql.SQLException;
import java.util.List;
import java.util.Set;

/**
 * R1. In doubt is a commit point whose coordinator's lock is free, or that bears our own name and whose transaction this process does not
 * know or has ended. {@code COMMIT PREPARED} if we decided so, else {@code ROLLBACK PREPARED}: if that wins, it is the decision.
 */
record CommitPointsInDoubt(LocalTransactions local, Sessions sessions, ParticipantDatabase database) {

    /**
     * Settles them.
     *
     * @param prepared the branches seen prepared here, before anything else was asked, of transactions that do not live here
     * @param settlement ends them
     * @throws SQLException if the database does not answer
     */
    void settle(List<PreparedBranch> prepared, Settlement settlement) throws SQLException {
        List<BranchId> candidates = prepared.stream()
                .map(PreparedBranch::id)
                .filter(branch -> branch.role() == Role.COMMIT_POINT)
                .toList();
        if (candidates.isEmpty()) {
            return;
        }
        Set<Long> locks = sessions.ask(database, Session::advisoryLocks);
        for (BranchId branch : candidates) {
            settlement.carryOut(branch, judge(branch.global(), locks));
        }
    }

    /**
     * Judges a transaction whose commit point is not committed, as far as is known.
     *
     * @param global the transaction; one of its branches has been seen prepared
     * @param locks all advisory locks in this database, read after that
     * @return OPEN if its coordinator lives; else how the commit point is to be ended
     */
    Verdict judge(GlobalId global, Set<Long> locks) {
        if (local.isLiving(global)) {
            return new Verdict(Evidence.OPEN, "its transaction is under way in this process");
        }
        if (local.looseEnds().isDecidedToCommit(global)) { // also where the lock on our name is lost
            return new Verdict(Evidence.COMMIT, "this coordinator decided so, and got no answer");
        }
        if (local.name().isOurs(global.coordinator(), database)) {
            return new Verdict(Evidence.ROLLBACK, "it is ours, and we have not decided to commit it");
        }
        return locks.contains(NameLock.key(global.coordinator()))
                ? new Verdict(Evidence.OPEN, "its coordinator " + global.coordinator() + " is alive")
                : new Verdict(Evidence.ROLLBACK, "its coordinator " + global.coordinator() + " holds its name no more");
    }
}
