package dev.lockstep.participant.flow;

import dev.lockstep.participant.branch.GlobalId;
import dev.lockstep.participant.branch.ParticipantId;
import java.time.Duration;

/** A vote that is not no. A vote of no is an {@link javax.transaction.xa.XAException} with an XA_RB code. */
public sealed interface Vote {

    /**
     * Yes: prepared, and bound.
     *
     * @param decision the holder's global id
     * @param commitPoint the database that keeps the decision
     * @param kept how long the decision is kept for who asks
     */
    record Prepared(GlobalId decision, ParticipantId commitPoint, Duration kept) implements Vote {}

    /** Nothing was written: it goes with either decision, and is over. */
    record Nothing() implements Vote {}
}
