package dev.lockstep.participant.observe;

import java.util.List;

/** Before the first connection of the first pool no database is known. */
record NothingInDoubt() implements InDoubt {

    @Override
    public Survey survey() {
        return new Survey(List.of(), List.of());
    }

    @Override
    public Reply settle(Instruction instruction) {
        return new Reply(
                instruction,
                Reply.Outcome.REFUSED,
                Evidence.UNKNOWN,
                false,
                "no connection pool of this process has led to a database yet, so none is called "
                        + instruction.participant());
    }
}
