package dev.lockstep.participant.transaction;

import static java.util.stream.Collectors.toSet;

import dev.lockstep.participant.branch.BranchId;
import dev.lockstep.participant.branch.GlobalId;
import dev.lockstep.participant.branch.ParticipantId;
import dev.lockstep.participant.branch.Role;
import dev.lockstep.participant.database.ParticipantDatabase;
import dev.lockstep.participant.database.PreparedBranch;
import dev.lockstep.participant.database.Session;
import dev.lockstep.participant.flow.DecisionState;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The questions of R2 and R3 to a database. All reads of one, and the barrier, are on one session: another may lead to another server. */
public final class Inquiry {

    private Inquiry() {}

    /**
     * R2's question: is the commit point still prepared? Then, in a later snapshot, is the row there?
     *
     * @param session to the commit points' database
     * @param decisions which
     * @return the state of each
     * @throws SQLException if there is no answer, or none to the barrier
     */
    public static Map<GlobalId, DecisionState> decisions(Session session, Collection<GlobalId> decisions)
            throws SQLException {
        Set<GlobalId> open = session.prepared().stream()
                .map(PreparedBranch::id)
                .filter(branch -> branch.role() == Role.COMMIT_POINT)
                .map(BranchId::global)
                .collect(toSet());
        List<GlobalId> ended =
                decisions.stream().filter(decision -> !open.contains(decision)).toList();
        Set<GlobalId> decided = session.decided(ended);
        if (!ended.isEmpty()) {
            session.barrier();
        }
        Map<GlobalId, DecisionState> states = new HashMap<>();
        for (GlobalId decision : decisions) {
            states.put(
                    decision,
                    open.contains(decision)
                            ? DecisionState.PREPARED
                            : decided.contains(decision) ? DecisionState.COMMITTED : DecisionState.NO_ROW);
        }
        return states;
    }

    /**
     * R3's question: of which transactions is something prepared there?
     *
     * @param session to a follower's database
     * @return the decisions whose id such a name begins with
     * @throws SQLException if there is no answer, or none to the barrier
     */
    public static Set<GlobalId> prepared(Session session) throws SQLException {
        Set<GlobalId> prepared = session.transactionsPrepared();
        session.barrier();
        return prepared;
    }

    /** R2's question through a pool of this process, or else a peer. */
    static Map<GlobalId, DecisionState> decisions(
            LocalTransactions local, ParticipantId commitPoint, Collection<GlobalId> decisions) throws SQLException {
        Optional<ParticipantDatabase> here = local.database(commitPoint);
        if (here.isEmpty()) {
            return local.elsewhere().decisions(commitPoint, decisions);
        }
        try (Session session = here.get().open()) {
            return decisions(session, decisions);
        }
    }

    /** R3's question through a pool of this process, or else a peer. */
    static Set<GlobalId> prepared(LocalTransactions local, ParticipantId database, Collection<GlobalId> decisions)
            throws SQLException {
        Optional<ParticipantDatabase> here = local.database(database);
        if (here.isEmpty()) {
            return local.elsewhere().prepared(database, decisions);
        }
        try (Session session = here.get().open()) {
            Set<GlobalId> prepared = new HashSet<>(decisions);
            prepared.retainAll(prepared(session));
            return prepared;
        }
    }
}
