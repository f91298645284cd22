package dev.lockstep.participant.observe;

import java.time.Instant;

/**
 * One step of the protocol.
 *
 * @param kind which step
 * @param moment whether it is about to be taken or was taken
 * @param globalId the transaction, as in {@code pg_prepared_xacts.gid} before the second underscore
 * @param participant the database's participant name
 * @param branch role and index, such as {@code C0} or {@code F1}
 * @param time when
 * @param outcome how it ended, in a word such as {@code PREPARED}, {@code READ_ONLY}, {@code COMMIT}, {@code ABORT}, {@code UNKNOWN},
 *     {@code COMMIT_PENDING} (decided, but left to the resolver), {@code NOT_THERE}, {@link #REFUSED} or {@link #NO_ANSWER}; empty before the
 *     step, but for RESOLVE what is intended, and for FORGET why
 * @param reason what the database or the driver said, if it is REFUSED or NO_ANSWER; else empty
 */
public record TransactionEvent(
        Kind kind,
        Moment moment,
        String globalId,
        String participant,
        String branch,
        Instant time,
        String outcome,
        String reason) {

    /** The outcome of a step that was refused, and has not happened. */
    public static final String REFUSED = "REFUSED";

    /** The outcome of a step that may have happened, or may happen yet. */
    public static final String NO_ANSWER = "NO_ANSWER";

    /**
     * A step that needs no reason.
     *
     * @param kind which step
     * @param moment whether it is about to be taken or was taken
     * @param globalId the transaction
     * @param participant the database's participant name
     * @param branch role and index
     * @param time when
     * @param outcome how it ended
     */
    public TransactionEvent(
            Kind kind,
            Moment moment,
            String globalId,
            String participant,
            String branch,
            Instant time,
            String outcome) {
        this(kind, moment, globalId, participant, branch, time, outcome, "");
    }

    /** {@return whether a branch has just voted yes; a listener may still {@linkplain Veto veto} it} */
    public boolean isVote() {
        return kind == Kind.PREPARE && moment == Moment.AFTER && outcome.equals("PREPARED");
    }

    /** The steps. */
    public enum Kind {
        /** A branch joins its transaction. */
        START,
        /** The work of a branch ends. */
        END,
        /** A branch is prepared (P1). */
        PREPARE,
        /** The commit point commits, which is the decision (P2). */
        DECISION,
        /** A follower commits (P3), or a lone branch in one phase. */
        COMMIT,
        /** A branch is rolled back (P4). */
        ROLLBACK,
        /** The resolver settles a branch in doubt (R1, R2). */
        RESOLVE,
        /** A decision row is deleted (R3). */
        FORGET
    }

    /** Before or after. */
    public enum Moment {
        /** The step is about to be taken. */
        BEFORE,
        /** The step was taken, or failed. */
        AFTER
    }
}
