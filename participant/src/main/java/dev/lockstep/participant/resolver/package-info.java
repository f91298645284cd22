/**
 * Settles what a crash left in doubt, and forgets decisions. Knows nothing but the databases; every instance does it.
 *
 * <ul>
 *   <li>R1 — When a commit point is prepared and its coordinator's lock is free, or it bears our own name and its transaction is not, or
 *       not any more, living in this process, the resolver shall commit it if we decided so, and else roll it back: if that wins, it is the
 *       decision.
 *   <li>R2 — When a follower has been seen prepared, the resolver shall ask whether its commit point still is; if not, <em>then</em>, in a
 *       later snapshot, whether the decision row is there: yes, commit it; no, roll it back. No answer, or none to the barrier: wait. Where
 *       this process has learned that the transaction is committed, it shall commit the follower and ask nobody.
 *   <li>R3 — A decision shall be forgotten when its coordinator saw all branches committed; or when nobody asks any more and, after the
 *       row was read, every follower's database has been seen without a branch of the transaction, with a barrier.
 * </ul>
 *
 * <p>{@link dev.lockstep.participant.resolver.ByHand} lets an operator see the same evidence, and act on it by the same rules.
 */
package dev.lockstep.participant.resolver;
