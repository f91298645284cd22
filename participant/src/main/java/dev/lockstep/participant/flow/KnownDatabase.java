package dev.lockstep.participant.flow;

import dev.lockstep.participant.branch.ParticipantId;

/**
 * A database that this process reaches.
 *
 * @param id which
 * @param started when its server was started, as that says: two values for one id are two clones, which must not meet in one transaction
 */
public record KnownDatabase(ParticipantId id, String started) {}
