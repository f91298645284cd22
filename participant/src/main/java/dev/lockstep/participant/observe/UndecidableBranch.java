package dev.lockstep.participant.observe;

/**
 * A prepared branch that this instance cannot settle and does not guess about.
 *
 * @param gid its name in {@code pg_prepared_xacts}
 * @param participant the database that holds it
 * @param reason why, and what is needed
 */
public record UndecidableBranch(String gid, String participant, String reason) {}
