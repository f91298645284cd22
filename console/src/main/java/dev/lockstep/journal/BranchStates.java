package dev.lockstep.journal;

import dev.lockstep.participant.observe.Result;
import dev.lockstep.participant.observe.TransactionEvent;
import dev.lockstep.participant.observe.TransactionEvent.Moment;

/** What an event says about its branch. */
final class BranchStates {

    private BranchStates() {}

    static State after(TransactionEvent event) {
        boolean isBefore = event.moment() == Moment.BEFORE;
        return switch (event.kind()) {
            case START -> event.isFailure() ? State.ABORTED : State.ACTIVE;
            case END, FORGET -> State.ACTIVE;
            case PREPARE -> isBefore ? State.PREPARING : prepared(event.result());
            case DECISION, COMMIT -> isBefore ? State.COMMITTING : committed(event.result());
            case ROLLBACK -> isBefore ? State.ABORTING : rolledBack(event.result());
            case RESOLVE -> isBefore ? State.IN_DOUBT : resolved(event.result());
        };
    }

    /** A refused prepare is a rollback; one without an answer is followed by one. Who voted read-only has committed nothing. */
    private static State prepared(Result result) {
        return switch (result) {
            case PREPARED -> State.PREPARED;
            case READ_ONLY -> State.COMMITTED;
            case NO_ANSWER -> State.ABORTING;
            default -> State.ABORTED;
        };
    }

    /** A lone branch that is refused its commit is rolled back. */
    private static State committed(Result result) {
        return switch (result) {
            case COMMIT -> State.COMMITTED;
            case ROLLBACK, REFUSED -> State.ABORTED;
            default -> State.IN_DOUBT;
        };
    }

    private static State rolledBack(Result result) {
        return switch (result) {
            case ROLLBACK, NOT_THERE -> State.ABORTED;
            case COMMIT -> State.COMMITTED;
            default -> State.IN_DOUBT;
        };
    }

    /** How somebody else ended the branch before the resolver came, the resolver does not learn. */
    private static State resolved(Result result) {
        return switch (result) {
            case COMMIT -> State.COMMITTED;
            case ROLLBACK -> State.ABORTED;
            default -> State.IN_DOUBT;
        };
    }

    /** A branch that has ended stays so, whatever a late look at it says. */
    static State keepWord(State before, State now) {
        return before.isFinal() ? before : now;
    }
}
