package dev.lockstep.participant.flow;

import dev.lockstep.participant.branch.GlobalId;
import dev.lockstep.participant.branch.ParticipantId;
import java.sql.SQLException;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import javax.transaction.xa.XAException;
import javax.transaction.xa.Xid;

/** The transactions of this process as parts of flows. {@code dev.lockstep.participant.FlowParticipant} has it. Thread-safe. */
public interface Flows {

    /**
     * Makes a transaction the part of a flow; its gate calls it from {@code XAResource.start}.
     *
     * @param gate the gate's branch, as JTS named it; nothing else is enlisted yet
     * @return the part
     * @throws XAException XAER_RMERR if another resource was enlisted before; XAER_INVAL if the id is not from Payara's transaction manager
     */
    Part part(Xid gate) throws XAException;

    /**
     * Enlists a server that was called; its resource calls it from {@code XAResource.start}.
     *
     * @param xid the branch, as JTS named it
     * @param subordinate the server
     * @return its branch
     * @throws XAException XAER_PROTO if the transaction is being prepared, XAER_RMERR and XAER_INVAL as above
     */
    SubordinateBranch enlist(Xid xid, Subordinate subordinate) throws XAException;

    /** {@return the databases that a pool of this process has reached} */
    Set<KnownDatabase> databases();

    /**
     * Answers R2's question for a peer.
     *
     * @param commitPoint the database
     * @param ids the decisions
     * @return the state of each; empty if no pool of this process leads there
     * @throws SQLException if the database does not answer, or not to the barrier
     */
    Optional<Map<GlobalId, DecisionState>> decisions(ParticipantId commitPoint, Collection<GlobalId> ids)
            throws SQLException;

    /**
     * Answers R3's question for a peer.
     *
     * @param database a follower's
     * @param ids the decisions
     * @return those of which something is prepared there; empty if no pool of this process leads there
     * @throws SQLException if the database does not answer, or not to the barrier
     */
    Optional<Set<GlobalId>> prepared(ParticipantId database, Collection<GlobalId> ids) throws SQLException;

    /**
     * The superior needs decisions no more that are held here (F10).
     *
     * @param commitPoint the database that keeps them
     * @param ids the decisions; those that are not known here as held for a superior are left alone
     * @param areDone whether everything is done everywhere, so that no look is needed
     */
    void forget(ParticipantId commitPoint, Collection<GlobalId> ids, boolean areDone);

    /**
     * Sets whom to ask about databases that no pool reaches.
     *
     * @param source the peers; {@link DecisionSource#NONE} unless set
     */
    void askElsewhere(DecisionSource source);

    /**
     * Sets who hears what is waited for and kept.
     *
     * @param measures the listener; {@link Measures#NONE} unless set
     */
    void measureBy(Measures measures);
}
