package dev.lockstep.lab.hold.control;

/** Leaves a transaction scope without {@code complete()}, because the hold was ended that way. */
class RolledBackByHandException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    RolledBackByHandException(String why) {
        super("The scope is left without complete(): " + why);
    }
}
