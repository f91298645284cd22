package dev.lockstep.journal;

import dev.lockstep.participant.observe.TransactionEvent;
import dev.lockstep.participant.observe.TransactionEvent.Moment;

/** What an event says about its branch. */
final class BranchStates {

    /** The vote of a branch that wrote nothing, and goes with either decision. */
    static final String READ_ONLY = "READ_ONLY";

    private BranchStates() {}

    static State after(TransactionEvent event) {
        boolean isBefore = event.moment() == Moment.BEFORE;
        return switch (event.kind()) {
            case START -> isBefore || event.outcome().isEmpty() ? State.ACTIVE : State.ABORTED;
            case END, FORGET -> State.ACTIVE;
            case PREPARE -> isBefore ? State.PREPARING : prepared(event.outcome());
            case DECISION, COMMIT -> isBefore ? State.COMMITTING : ended(event.outcome());
            case ROLLBACK -> isBefore ? State.ABORTING : ended(event.outcome());
            case RESOLVE -> isBefore ? State.IN_DOUBT : ended(event.outcome());
        };
    }

    /** A refused prepare is a rollback; one without an answer is followed by one. Who voted read-only has committed nothing. */
    private static State prepared(String outcome) {
        return switch (outcome) {
            case "PREPARED" -> State.PREPARED;
            case READ_ONLY -> State.COMMITTED;
            case TransactionEvent.NO_ANSWER -> State.ABORTING;
            default -> State.ABORTED;
        };
    }

    private static State ended(String outcome) {
        return switch (outcome) {
            case "COMMIT" -> State.COMMITTED;
            case "ABORT", "ROLLBACK", "DONE", "NOT_THERE" -> State.ABORTED;
            default -> State.IN_DOUBT;
        };
    }

    /** A branch that has ended stays so, whatever a late look at it says. */
    static State keepWord(State before, State now) {
        return before.isFinal() ? before : now;
    }
}
