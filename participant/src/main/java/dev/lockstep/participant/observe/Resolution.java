package dev.lockstep.participant.observe;

/** How a prepared branch can be ended. */
public enum Resolution {
    /** {@code COMMIT PREPARED}. */
    COMMIT,
    /** {@code ROLLBACK PREPARED}. */
    ROLLBACK
}
