package dev.lockstep.hold.control;

/** How far a held order has come. */
public enum HoldState {
    /** On the way to where it will be held. */
    PLACING,
    /** Held. */
    HELD,
    /** No longer held, and not yet over. */
    ENDING,
    /** Both databases have committed. */
    COMMITTED,
    /** Neither has changed. */
    ROLLED_BACK,
    /** It could not be placed, so it was never held, or its commit failed; neither database has changed. */
    REFUSED,
    /** Its outcome cannot be told here; the resolver sees to it. */
    UNKNOWN;

    /** {@return whether nothing more is heard of it} */
    public boolean isOver() {
        return compareTo(ENDING) > 0;
    }
}
