package dev.lockstep.participant.resolver;

import static java.util.stream.Collectors.toSet;

import dev.lockstep.participant.branch.BranchId;
import dev.lockstep.participant.branch.GlobalId;
import dev.lockstep.participant.branch.Role;
import dev.lockstep.participant.database.ParticipantDatabase;
import dev.lockstep.participant.database.PreparedBranch;
import dev.lockstep.participant.observe.Evidence;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import java.util.Set;

/**
 * What the database of commit points says of transactions, whether or not their coordinators live. It holds for followers that were seen
 * prepared before it was asked, and only for those.
 *
 * @param commitPoint the database
 * @param open the transactions whose commit point was still prepared
 * @param decided those that, in a later snapshot, had a decision row
 */
record Testimony(ParticipantDatabase commitPoint, Set<GlobalId> open, Set<GlobalId> decided) {

    /** Takes it: R2's two reads, in their order, and the barrier, all on one session, since another may lead to another server. */
    static Testimony take(Sessions sessions, ParticipantDatabase commitPoint, Collection<GlobalId> globals)
            throws SQLException {
        return sessions.ask(commitPoint, session -> {
            Set<GlobalId> open = session.prepared().stream()
                    .map(PreparedBranch::id)
                    .filter(branch -> branch.role() == Role.COMMIT_POINT)
                    .map(BranchId::global)
                    .collect(toSet());
            List<GlobalId> ended =
                    globals.stream().filter(global -> !open.contains(global)).toList();
            Set<GlobalId> decided = session.decided(ended);
            if (!ended.isEmpty()) {
                session.barrier();
            }
            return new Testimony(commitPoint, open, decided);
        });
    }

    Verdict on(GlobalId global) {
        if (open.contains(global)) {
            return new Verdict(Evidence.OPEN, "its commit point in " + commitPoint + " is still prepared");
        }
        return decided.contains(global)
                ? new Verdict(
                        Evidence.COMMIT,
                        "its commit point in " + commitPoint + " is committed, the decision row is there")
                : new Verdict(
                        Evidence.ROLLBACK,
                        "its commit point in " + commitPoint + " is not prepared, and there is no decision row");
    }
}
