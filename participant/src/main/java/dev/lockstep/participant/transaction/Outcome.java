package dev.lockstep.participant.transaction;

import dev.lockstep.participant.observe.Result;

/** What this process knows of the decision. */
public enum Outcome {
    /** Nothing for certain. */
    UNKNOWN,
    /** The commit point is committed. */
    COMMIT,
    /** The commit point is rolled back, or will be. */
    ROLLBACK;

    Result result() {
        return switch (this) {
            case UNKNOWN -> Result.UNKNOWN;
            case COMMIT -> Result.COMMIT;
            case ROLLBACK -> Result.ROLLBACK;
        };
    }
}
