package dev.lockstep.participant.observe;

/** How a step of the protocol ended. {@link TransactionEvent#outcome()} has the word for it that logs, traces and JSON use. */
public enum Result {
    /** There is nothing to tell: the step is about to be taken, or it is one that simply happens (START, END, FORGET). */
    NONE,
    /** The branch voted yes (PREPARE). */
    PREPARED,
    /** The branch has written nothing, so it goes with either decision, and is over (PREPARE). */
    READ_ONLY,
    /** Committed. Of a step of RESOLVE that is about to be taken: to be committed. */
    COMMIT,
    /** The transaction is committed, and this branch's commit is left to the resolver (COMMIT). */
    COMMIT_PENDING,
    /** Rolled back; of DECISION and COMMIT: instead of committed. Of a step of RESOLVE that is about to be taken: to be rolled back. */
    ROLLBACK,
    /** No such branch is prepared any more: somebody else has ended it, or it never was prepared (ROLLBACK, RESOLVE). */
    NOT_THERE,
    /** What became of the transaction cannot be told now (DECISION, COMMIT, ROLLBACK). */
    UNKNOWN,
    /** The database, or the participant, refused the step, and it has not happened. */
    REFUSED,
    /** There was no answer: the step may have happened, or may happen yet. */
    NO_ANSWER
}
