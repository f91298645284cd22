package dev.lockstep.console.control;

import dev.lockstep.participant.observe.Survey;
import dev.lockstep.participant.observe.Transactions;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The prepared branches with their evidence. A survey connects to each database anew, so many browsers share one: none is older than a
 * second when it is asked for, unless a database is just being waited for. Thread-safe.
 */
@ApplicationScoped
public class BranchSurvey {

    private static final Duration FRESH = Duration.ofSeconds(1);

    private final ReentrantLock looking = new ReentrantLock();
    private volatile Look latest = new Look(new Survey(List.of(), List.of()), System.nanoTime() - FRESH.toNanos());

    private record Look(Survey survey, long nanoTime) {
        boolean isFresh() {
            return System.nanoTime() - nanoTime < FRESH.toNanos();
        }
    }

    /** {@return what is prepared} */
    public Survey survey() {
        if (!latest.isFresh() && looking.tryLock()) {
            try {
                latest = new Look(Transactions.inDoubt().survey(), System.nanoTime());
            } finally {
                looking.unlock();
            }
        }
        return latest.survey();
    }

    /** Lets the next who asks look anew, since something was settled. */
    public void forget() {
        latest = new Look(latest.survey(), System.nanoTime() - FRESH.toNanos());
    }
}
