package dev.lockstep.telemetry.control;

import dev.lockstep.participant.observe.TransactionEvent.Kind;

/** How logs and spans name the steps of the protocol. */
final class Phase {

    private Phase() {}

    /** {@return the name of what a step is part of} */
    static String of(Kind kind) {
        return isWork(kind) ? "WORK" : kind.name();
    }

    /** {@return whether a step begins or ends the work of a branch} */
    static boolean isWork(Kind kind) {
        return kind == Kind.START || kind == Kind.END;
    }
}
