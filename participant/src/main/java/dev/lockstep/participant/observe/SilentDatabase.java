package dev.lockstep.participant.observe;

/**
 * A database that does not answer: what is prepared there cannot be told.
 *
 * @param participant its name
 * @param reason what was said instead of an answer
 */
public record SilentDatabase(String participant, String reason) {}
