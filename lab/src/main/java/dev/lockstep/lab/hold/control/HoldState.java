package dev.lockstep.lab.hold.control;

/** How far a held order has come. */
public enum HoldState {
    /** On the way to where it will be held. */
    PLACING,
    /** Held. */
    HELD,
    /** No longer held, and not yet over. */
    ENDING,
    /** Its outcome is not known here yet; the resolver sees to it. */
    UNKNOWN,
    /** Both databases have committed. */
    COMMITTED,
    /** Neither has changed. */
    ROLLED_BACK,
    /** It could not be placed, so it was never held, or its commit failed; neither database has changed. */
    REFUSED;

    /** {@return whether nothing more is heard of it} */
    public boolean isOver() {
        return compareTo(UNKNOWN) > 0;
    }
}
