package dev.lockstep.participant.flow;

import dev.lockstep.participant.branch.GlobalId;
import dev.lockstep.participant.branch.ParticipantId;
import java.util.Set;
import javax.transaction.xa.XAException;
import javax.transaction.xa.Xid;

/** This server's transaction as a subordinate's part of a flow. Its gate is the transaction's first resource. Thread-safe. */
public interface Part {

    /** {@return the id of the transaction here, as JTS named it} */
    GlobalId id();

    /** The calling thread goes on with the work, which another thread may have begun; no call is at work meanwhile. */
    void resumed();

    /**
     * The superior has been told which databases may hold a branch of this part. A follower in another one votes no, for the decision would
     * be forgotten before it.
     *
     * @param databases all that the latest answer named: those of this server, and of the servers that it called
     */
    void named(Set<ParticipantId> databases);

    /**
     * Makes sure that all resources of the transaction are the participant's and the flow's: a stranger could say no after the decision.
     *
     * @param last the branch of a resource that was enlisted just now, as JTS named it; it is the flow's, and counts for nothing
     * @throws XAException XA_RBROLLBACK if there are others; then the transaction can only be rolled back
     */
    void requireNoStrangers(Xid last) throws XAException;

    /**
     * Prepares all branches in the order of their enlistment, those of the servers that were called, too. The gate calls it from its own
     * {@code prepare}; what JTS asks of them later finds it done. Asked again, it gives the same answer, whatever the order.
     *
     * @param order as what
     * @return yes, or nothing was written
     * @throws XAException an XA_RB code: no, and all that is here will be rolled back
     */
    Vote prepare(Order order) throws XAException;

    /** The superior has decided: only from now on may a holder send COMMIT PREPARED (F5). A follower learns COMMIT. */
    void commit();

    /**
     * A follower asks for the decision (R2); its branches are prepared here.
     *
     * @return what is known now; UNKNOWN if nobody answers, or the commit point is still prepared. Also if there is no row, and somebody else
     *     has ended the branches here: then {@link #isEndedByOthers} is true
     */
    Outcome ask();

    /**
     * Learns the decision from the superior.
     *
     * @param learned COMMIT, which is a fact for everybody; ROLLBACK is not believed by a follower that has voted yes, which {@link #ask}s
     * @return what is known
     */
    Outcome learn(Outcome learned);

    /** {@return what is known of the decision} */
    Outcome outcome();

    /** {@return whether the latest {@link #ask} found nothing of this part prepared any more: somebody else has ended it as was decided} */
    boolean isEndedByOthers();

    /** {@return whether everything here was answered with done, or not there, and every server called has said done} */
    boolean isDone();

    /** JTS has been told the gate's last word. With the last branch the transaction is over. */
    void over();
}
