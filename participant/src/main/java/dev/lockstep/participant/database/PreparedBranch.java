package dev.lockstep.participant.database;

import dev.lockstep.participant.branch.BranchId;

/**
 * A branch found prepared.
 *
 * @param id its name
 * @param isFresh whether it was prepared a moment ago, so that its coordinator is probably at work on it
 */
public record PreparedBranch(BranchId id, boolean isFresh) {}
