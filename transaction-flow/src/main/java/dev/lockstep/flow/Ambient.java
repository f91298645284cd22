package dev.lockstep.flow;

import jakarta.transaction.Transaction;
import java.util.Optional;

/** A scope's transaction, as the scope may end it. */
interface Ambient {

    /**
     * The scope is closed.
     *
     * @param isComplete whether it was completed
     */
    void end(boolean isComplete);

    /** {@return the transaction; empty if the scope works without one} */
    Optional<Transaction> transaction();
}
