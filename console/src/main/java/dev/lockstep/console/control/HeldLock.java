package dev.lockstep.console.control;

/**
 * Locks of one kind that a prepared branch holds.
 *
 * @param participant the database
 * @param relation the table; empty if the database does not answer, so that its locks are not known
 * @param mode as in {@code pg_locks}
 * @param count how many of them
 * @param waiting how many sessions wait for the branch's rows
 */
public record HeldLock(String participant, String relation, String mode, int count, int waiting) {

    static HeldLock untold(String participant) {
        return new HeldLock(participant, "", "", 0, 0);
    }
}
