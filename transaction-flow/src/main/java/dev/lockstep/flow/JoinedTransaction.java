package dev.lockstep.flow;

import jakarta.transaction.Transaction;
import java.util.Optional;

/** A transaction that was there when the scope opened: the scope votes, and whoever began it ends it. */
final class JoinedTransaction implements Ambient {

    private final Transaction joined;
    private final TimeLimit limit;

    JoinedTransaction(Transaction joined, TimeLimit limit) {
        this.joined = joined;
        this.limit = limit;
    }

    @Override
    public void end(boolean isComplete) {
        limit.close();
        boolean isLate = limit.isOver();
        if (!isComplete || isLate) {
            TimeLimit.doom(joined);
        }
        if (isComplete && isLate) {
            throw limit.exceeded();
        }
    }

    @Override
    public Optional<Transaction> transaction() {
        return Optional.of(joined);
    }
}
