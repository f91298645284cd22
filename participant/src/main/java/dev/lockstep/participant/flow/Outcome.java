package dev.lockstep.participant.flow;

/** What this process knows of a decision. */
public enum Outcome {
    /** Nothing for certain. */
    UNKNOWN,
    /** The commit point is committed. */
    COMMIT,
    /** The commit point is rolled back, or will be. */
    ROLLBACK
}
