package dev.lockstep.participant.flow;

import dev.lockstep.participant.branch.ParticipantId;

/**
 * A database that this process reaches.
 *
 * @param id which
 * @param started when its server was started, as that says, in seconds of the Unix time: two values for one id are two clones, which must not meet in one
 *     transaction. As of this process's latest connection, so for a moment after a restart it may be the former one
 */
public record KnownDatabase(ParticipantId id, String started) {}
