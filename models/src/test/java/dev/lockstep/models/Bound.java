package dev.lockstep.models;

import java.util.Locale;

/** How much of a state space there is to explore; within either, every state is. */
enum Bound {
    /** What every build has the time for. */
    SMALL,
    /** All that the model describes. */
    FULL;

    /** As the build says. */
    static Bound ofThisRun() {
        return valueOf(System.getProperty("lockstep.models.bound", "small").toUpperCase(Locale.ROOT));
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
