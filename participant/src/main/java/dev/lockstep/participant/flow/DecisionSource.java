package dev.lockstep.participant.flow;

import dev.lockstep.participant.branch.GlobalId;
import dev.lockstep.participant.branch.ParticipantId;
import java.sql.SQLException;
import java.util.Collection;
import java.util.Map;
import java.util.Set;

/** Other servers, asked about databases that no pool of this process reaches. Thread-safe. */
public interface DecisionSource {

    /** Nobody to ask. */
    DecisionSource NONE = new DecisionSource() {
        @Override
        public Map<GlobalId, DecisionState> decisions(ParticipantId commitPoint, Collection<GlobalId> ids)
                throws SQLException {
            throw new SQLException(commitPoint + " is reached by no pool of this server, and no peer is known");
        }

        @Override
        public Set<GlobalId> prepared(ParticipantId database, Collection<GlobalId> ids) throws SQLException {
            throw new SQLException(database + " is reached by no pool of this server, and no peer is known");
        }
    };

    /**
     * Asks R2's question: two reads in their order, then the barrier, on one session.
     *
     * @param commitPoint the database
     * @param ids the decisions
     * @return the state of each
     * @throws SQLException if no peer that reaches the database has answered
     */
    Map<GlobalId, DecisionState> decisions(ParticipantId commitPoint, Collection<GlobalId> ids) throws SQLException;

    /**
     * Asks R3's question, with the barrier.
     *
     * @param database a follower's
     * @param ids the decisions
     * @return those of which something is prepared there, by the prefix of the name
     * @throws SQLException if no peer that reaches the database has answered
     */
    Set<GlobalId> prepared(ParticipantId database, Collection<GlobalId> ids) throws SQLException;
}
