package dev.lockstep.telemetry.control;

import dev.lockstep.participant.observe.TransactionEvent;
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

    /** {@return whether a step, which was taken, did not do what it is for} */
    static boolean isFailure(TransactionEvent event) {
        String outcome = event.outcome();
        return switch (event.kind()) {
            case START, END -> !outcome.isEmpty();
            case PREPARE -> !outcome.equals("PREPARED") && !outcome.equals("READ_ONLY");
            case DECISION, COMMIT -> !outcome.equals("COMMIT");
            case ROLLBACK -> !outcome.equals("DONE") && !outcome.equals("NOT_THERE");
            case RESOLVE -> !outcome.equals("COMMIT") && !outcome.equals("ROLLBACK");
            case FORGET -> false;
        };
    }
}
