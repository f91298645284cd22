package dev.lockstep.console.control;

import dev.lockstep.journal.State;
import dev.lockstep.journal.Story;
import java.util.EnumSet;
import java.util.Set;

/** What a transaction counts as once it has ended, for the statistics and for the metrics. */
enum Counted {
    /** Begun here and committed. */
    COMMITTED,
    /** Begun here and rolled back, since it was refused, as where too few pieces were left. */
    REFUSED,
    /** Begun here and rolled back for any other reason. */
    FAILED,
    /** Settled here by the resolver or an operator, with a commit. */
    RESOLVED_COMMIT,
    /** Settled here by the resolver or an operator, with a rollback. */
    RESOLVED_ABORT,
    /** Begun here and settled by another instance. */
    SETTLED_ELSEWHERE;

    /** {@return what a transaction counts as: where it began, and, if it was resolved, where it was resolved} */
    static Set<Counted> as(Story story) {
        Set<Counted> counted = EnumSet.noneOf(Counted.class);
        boolean isCommitted = story.state() == State.COMMITTED;
        if (isCommitted || story.state() == State.ABORTED) {
            if (story.isResolved()) {
                counted.add(isCommitted ? RESOLVED_COMMIT : RESOLVED_ABORT);
            }
            if (!story.isForeign()) {
                counted.add(isCommitted ? COMMITTED : story.isRefused() ? REFUSED : FAILED);
            }
        }
        if (story.isSettledElsewhere() && !story.isForeign()) {
            counted.add(SETTLED_ELSEWHERE);
        }
        return counted;
    }
}
