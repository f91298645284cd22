package dev.lockstep.participant.database;

import dev.lockstep.participant.branch.BranchId;
import java.time.Instant;

/**
 * A branch found prepared.
 *
 * @param id its name
 * @param since when it was prepared, by the database's clock
 * @param isFresh whether it was prepared a moment ago, so that its coordinator is probably at work on it
 */
public record PreparedBranch(BranchId id, Instant since, boolean isFresh) {}
