package dev.lockstep.lab.hold.control;

/** What ended a hold. */
public enum Ending {
    /** An operator let it commit. */
    COMMIT,
    /** An operator rolled it back. */
    ROLLBACK,
    /** Nobody did either in time. */
    TIMEOUT,
    /** The application stops. */
    SHUTDOWN
}
