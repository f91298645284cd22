package dev.lockstep.participant.flow;

import dev.lockstep.participant.branch.GlobalId;
import javax.transaction.xa.XAException;

/** This server's transaction as a subordinate's part of a flow. Its gate is the transaction's first resource. Thread-safe. */
public interface Part {

    /** {@return the id of the transaction here, as JTS named it} */
    GlobalId id();

    /** The calling thread goes on with the work, which another thread may have begun; no call is at work meanwhile. */
    void resumed();

    /**
     * Prepares all branches in the order of their enlistment, those of the servers that were called, too. The gate calls it from its own
     * {@code prepare}; what JTS asks of them later finds it done.
     *
     * @param order as what
     * @return yes, or nothing was written
     * @throws XAException an XA_RB code: no, and all that is here will be rolled back
     */
    Vote prepare(Order order) throws XAException;

    /** The superior has decided: only from now on may a holder send COMMIT PREPARED (F5). */
    void commit();

    /**
     * A follower asks for the decision (R2); its branches are prepared here.
     *
     * @return what is known now; UNKNOWN if nobody answers, or the commit point is still prepared
     */
    Outcome ask();

    /**
     * Learns the decision from the superior.
     *
     * @param learned COMMIT, which is a fact for everybody; ROLLBACK only as {@link #ask} found it
     * @return what is known
     */
    Outcome learn(Outcome learned);

    /** {@return what is known of the decision} */
    Outcome outcome();

    /** {@return whether everything here was answered with done, or not there, and every server called has said done} */
    boolean isDone();
}
