package dev.lockstep.participant.transaction;

import dev.lockstep.participant.branch.ParticipantId;
import java.util.Set;
import javax.transaction.xa.XAException;

/** What takes part in a transaction here, in the order of enlistment: a branch, or a server that was called. */
interface Member {

    /** {@return the databases in which a branch of it may be prepared} */
    Set<ParticipantId> databases();

    /**
     * Prepares it as part of a flow, whose gate does so for all.
     *
     * @return XA_OK or XA_RDONLY
     * @throws XAException a vote of no, or no answer
     */
    int prepare() throws XAException;

    /** {@return whether it has voted yes, for sure} */
    boolean isPrepared();

    /** {@return whether the transaction manager was told its last word} */
    boolean isOver();

    /** {@return whether it is over, and committed for sure or without anything to commit} */
    boolean isCommitted();
}
