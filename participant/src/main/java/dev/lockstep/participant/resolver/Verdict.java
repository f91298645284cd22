package dev.lockstep.participant.resolver;

import dev.lockstep.participant.observe.Evidence;

/**
 * What the rules say of a branch.
 *
 * @param evidence COMMIT or ROLLBACK: end it so; OPEN: wait for somebody else; UNKNOWN: it cannot be told
 * @param because the evidence in one sentence
 */
record Verdict(Evidence evidence, String because) {}
