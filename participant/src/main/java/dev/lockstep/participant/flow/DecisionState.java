package dev.lockstep.participant.flow;

/** What the commit point's database says of a transaction. Who asks concludes. */
public enum DecisionState {
    /** Its commit point is still prepared. */
    PREPARED,
    /** The decision row is there: committed, for everybody. */
    COMMITTED,
    /** Not prepared, and then no row: rolled back, for a follower that was seen prepared before the question. For nobody else. */
    NO_ROW
}
