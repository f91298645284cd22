package dev.lockstep.lab.breaking;

import dev.lockstep.journal.Message;
import dev.lockstep.participant.observe.TransactionEvent;
import dev.lockstep.participant.observe.TransactionEvent.Kind;
import dev.lockstep.participant.observe.TransactionEvent.Moment;

/** A point of an order's transaction, of two branches: the commit point's, and a follower's. */
public enum BreakPoint {
    /** The stock is taken and the order written; nothing is prepared. */
    AFTER_WORK(Kind.END, Moment.BEFORE, true),
    /** The first prepare is about to be sent. */
    BEFORE_FIRST_PREPARE(Kind.PREPARE, Moment.BEFORE, true),
    /** The commit point is prepared. */
    AFTER_FIRST_PREPARE(Kind.PREPARE, Moment.AFTER, true),
    /** The second prepare is about to be sent. */
    BEFORE_SECOND_PREPARE(Kind.PREPARE, Moment.BEFORE, false),
    /** Both are prepared. */
    AFTER_SECOND_PREPARE(Kind.PREPARE, Moment.AFTER, false),
    /** The commit point's commit is about to be sent. */
    BEFORE_DECISION(Kind.DECISION, Moment.BEFORE, true),
    /** The commit point is committed, the follower is prepared. */
    AFTER_DECISION(Kind.DECISION, Moment.AFTER, true),
    /** Both are committed, the client has no answer yet. */
    AFTER_LAST_COMMIT(Kind.COMMIT, Moment.AFTER, false);

    private final Kind kind;
    private final Moment moment;
    private final boolean isCommitPoint;

    BreakPoint(Kind kind, Moment moment, boolean isCommitPoint) {
        this.kind = kind;
        this.moment = moment;
        this.isCommitPoint = isCommitPoint;
    }

    boolean isAt(TransactionEvent event) {
        return event.kind() == kind && event.moment() == moment && event.isCommitPoint() == isCommitPoint;
    }

    /**
     * The same point where the branches are at other servers. The work has an end there when the first vote is asked for.
     *
     * @param message that this server sends, or has an answer to
     * @param server the how manieth server is sent such a message, from 1
     */
    boolean isAt(Message message, int server) {
        boolean isCommit = kind == Kind.DECISION || kind == Kind.COMMIT;
        return message.kind().equals(isCommit ? "COMMIT" : "PREPARE")
                && message.isOpen() == (moment == Moment.BEFORE)
                && server == (isCommitPoint ? 1 : 2);
    }
}
