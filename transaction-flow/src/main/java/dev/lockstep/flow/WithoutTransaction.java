package dev.lockstep.flow;

import jakarta.transaction.Transaction;
import java.util.Optional;

/** What a scope works in that suppresses transactions: each statement commits by itself. */
final class WithoutTransaction implements Ambient {

    @Override
    public void end(boolean isComplete) {
        // There is nothing to commit, and nothing to roll back.
    }

    @Override
    public Optional<Transaction> transaction() {
        return Optional.empty();
    }
}
