package dev.lockstep.participant.database;

import java.time.Duration;

/**
 * How long things may take.
 *
 * @param answer a connect or an answer beside the pool, in looks and in the resolver
 * @param command an answer to PREPARE or COMMIT PREPARED on a pooled connection; then the connection counts as lost
 * @param retention how long after its PREPARE a decision is kept for a coordinator that may still ask. The coordinator takes a
 *     missing row for a rollback only in the first half of it.
 * @param resolveEvery the time between two rounds of the resolver
 */
public record Limits(Duration answer, Duration command, Duration retention, Duration resolveEvery) {}
