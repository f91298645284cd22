package dev.lockstep.participant.coordinator;

import dev.lockstep.participant.observe.Result;

/** What a coordinator knows of the decision. */
public enum Outcome {
    /** Nothing for certain. */
    UNKNOWN,
    /** The commit point is committed. */
    COMMIT,
    /** The commit point is rolled back, or will be. */
    ABORT;

    Result result() {
        return switch (this) {
            case UNKNOWN -> Result.UNKNOWN;
            case COMMIT -> Result.COMMIT;
            case ABORT -> Result.ROLLBACK;
        };
    }
}
