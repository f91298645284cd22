package dev.lockstep.participant.observe;

import java.time.Instant;
import java.util.List;

/**
 * One step of the protocol.
 *
 * @param kind which step
 * @param moment whether it is about to be taken or was taken
 * @param globalId the transaction, as in {@code pg_prepared_xacts.gid} before the second underscore; but where a flow's transaction here
 *     follows another server's, that of the one here, save for RESOLVE
 * @param participant the database's participant name
 * @param branch role and index, to be shown, such as {@code C0} or {@code F1}; the same in all events of a branch. In a flow {@code B0} as
 *     long as the role is not known, and then, say, {@code F2-0}
 * @param isCommitPoint whether the branch is the commit point; else it is a follower
 * @param time when
 * @param result how it ended; before the step {@link Result#NONE}, but for RESOLVE what is intended
 * @param detail what the database or the driver said, if it did not do the step; for FORGET why; else empty
 * @param subjects what the application {@linkplain Transactions#about said} until now that the transaction is about; none of RESOLVE and
 *     FORGET
 */
public record TransactionEvent(
        Kind kind,
        Moment moment,
        String globalId,
        String participant,
        String branch,
        boolean isCommitPoint,
        Instant time,
        Result result,
        String detail,
        List<Subject> subjects) {

    /** Takes a copy of the subjects. */
    public TransactionEvent {
        subjects = List.copyOf(subjects);
    }

    /**
     * A step of a transaction of which nobody said what it is about.
     *
     * @param kind which step
     * @param moment whether it is about to be taken or was taken
     * @param globalId the transaction
     * @param participant the database's participant name
     * @param branch role and index
     * @param isCommitPoint whether the branch is the commit point
     * @param time when
     * @param result how it ended
     * @param detail what was said, perhaps empty
     */
    public TransactionEvent(
            Kind kind,
            Moment moment,
            String globalId,
            String participant,
            String branch,
            boolean isCommitPoint,
            Instant time,
            Result result,
            String detail) {
        this(kind, moment, globalId, participant, branch, isCommitPoint, time, result, detail, List.of());
    }

    /** {@return whether a branch has just voted yes; a listener may still {@linkplain Veto veto} it} */
    public boolean isVote() {
        return kind == Kind.PREPARE && moment == Moment.AFTER && result == Result.PREPARED;
    }

    /** {@return whether the step was taken and did not do what it is for} */
    public boolean isFailure() {
        return moment == Moment.AFTER
                && switch (kind) {
                    case START, END, FORGET -> result != Result.NONE;
                    case PREPARE -> result != Result.PREPARED && result != Result.READ_ONLY;
                    case DECISION, COMMIT -> result != Result.COMMIT;
                    case ROLLBACK -> result != Result.ROLLBACK && result != Result.NOT_THERE;
                    case RESOLVE -> result != Result.COMMIT && result != Result.ROLLBACK;
                };
    }

    /**
     * Names the result for people and tools. It is for reading only: who acts on an event asks for its {@link #result}.
     *
     * @return the result's name, or empty if it is {@link Result#NONE}; a rollback is {@code DONE} if it was asked for by ROLLBACK, and
     *     {@code ABORT} if a commit was asked for
     */
    public String outcome() {
        return switch (result) {
            case NONE -> "";
            case ROLLBACK ->
                switch (kind) {
                    case ROLLBACK -> "DONE";
                    case DECISION, COMMIT -> "ABORT";
                    default -> result.name();
                };
            default -> result.name();
        };
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
