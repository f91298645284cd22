package dev.lockstep.participant.coordinator;

/** What a coordinator knows of the decision. */
public enum Outcome {
    /** Nothing for certain. */
    UNKNOWN,
    /** The commit point is committed. */
    COMMIT,
    /** The commit point is rolled back, or will be. */
    ABORT
}
