package dev.lockstep.journal;

/** How far a transaction, or one of its branches, has come; MSDTC's console had the same states. */
public enum State {
    /** It works. */
    ACTIVE,
    /** PREPARE is under way. */
    PREPARING,
    /** Prepared, and waiting for the decision. */
    PREPARED,
    /** What becomes of it is not known here, or is left to the resolver. */
    IN_DOUBT,
    /** Decided to commit, and not yet committed everywhere. */
    COMMITTING,
    /** Committed everywhere. */
    COMMITTED,
    /** To be rolled back. */
    ABORTING,
    /** Rolled back everywhere. */
    ABORTED;

    /** {@return whether nothing more will happen} */
    public boolean isFinal() {
        return this == COMMITTED || this == ABORTED;
    }
}
