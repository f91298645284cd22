package dev.lockstep.flow.observe;

/** Why a message or a call was refused. */
public enum Refusal {
    /** It has no signature, or one that cannot be read. */
    UNSIGNED,
    /** Who signed it is not in the peers file. */
    UNKNOWN_PEER,
    /** The signature fits no key of that peer. */
    WRONG_KEY,
    /** Its time is outside of the window: the clocks are apart, or it came late. */
    CLOCK,
    /** It was seen before, or is older than this process. */
    REPEATED,
    /** It cannot be understood. */
    MALFORMED,
    /** It is too large. */
    OVERSIZED,
    /** Its handle or flow is not known here, or not any more. */
    UNKNOWN,
    /** Another call of the flow is at work here. */
    BUSY,
    /** The flow has begun to vote, or is over. */
    OVER,
    /** The limit of open or waiting flows is reached. */
    TOO_MANY,
    /** The peer may not say this, as one that is not the flow's superior may not commit it. */
    NOT_ITS_OWN
}
