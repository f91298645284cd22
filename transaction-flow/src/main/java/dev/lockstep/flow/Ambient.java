package dev.lockstep.flow;

/** A scope's transaction, as the scope may end it. */
interface Ambient {

    /**
     * The scope is closed.
     *
     * @param isComplete whether it was completed
     */
    void end(boolean isComplete);
}
