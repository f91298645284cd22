package dev.lockstep.journal;

import java.time.Instant;

/**
 * One step of a transaction, or of a ticket.
 *
 * @param kind which step
 * @param member the database and the branch; both empty for the client's request, and the branch for tickets
 * @param from when it began
 * @param to when it ended, null while it is under way
 * @param outcome how it ended, as {@link dev.lockstep.participant.observe.TransactionEvent} tells it, the request's HTTP
 *     status, or what has become of a ticket
 * @param reason what the database or the driver said, if it failed; else empty
 * @param isByOperator whether an operator had it done, and not the server by itself
 */
public record Step(
        Kind kind, Member member, Instant from, Instant to, String outcome, String reason, boolean isByOperator) {

    /** The steps. */
    public enum Kind {
        /** The client waits for the answer. */
        REQUEST,
        /** A branch works, from its start to its end. */
        WORK,
        /** A branch is prepared. */
        PREPARE,
        /** The commit point commits. */
        DECISION,
        /** A follower commits, or a lone branch in one phase. */
        COMMIT,
        /** A branch is rolled back. */
        ROLLBACK,
        /** The resolver settles a branch, or an operator does. */
        RESOLVE,
        /** A ticket is written, in one local transaction. */
        GIVE,
        /** A product's queue is claimed and its next tickets are read. */
        CALL,
        /** The stock for tickets is taken, in one local transaction. */
        TAKE,
        /** Tickets end, their orders are written, in the local transaction that claimed the queue. */
        SETTLE
    }

    /**
     * A step of no branch, under way.
     *
     * @param kind which step
     * @param participant the database; empty for the client's request
     * @param from when it began
     * @return the step
     */
    public static Step begun(Kind kind, String participant, Instant from) {
        return begun(kind, new Member(participant, "", false), from, false);
    }

    static Step begun(Kind kind, Member member, Instant from, boolean isByOperator) {
        return new Step(kind, member, from, null, "", "", isByOperator);
    }

    /**
     * The same step at its end, which is no failure.
     *
     * @param end when
     * @param how as {@link #outcome} tells it
     * @return the step
     */
    public Step ended(Instant end, String how) {
        return ended(end, how, "");
    }

    Step of(Member named) {
        return new Step(kind, named, from, to, outcome, reason, isByOperator);
    }

    Step ended(Instant end, String how, String why) {
        return new Step(kind, member, from, end, how, why, isByOperator);
    }

    /** {@return whether it is under way} */
    public boolean isOpen() {
        return to == null;
    }

    boolean isOf(Kind other, Member ofMember) {
        return kind == other && member.equals(ofMember);
    }
}
