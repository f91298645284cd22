/**
 * Settles what a crash left in doubt, and forgets decisions. The resolver knows nothing but the databases. Every instance has one.
 *
 * <ul>
 *   <li>R1 — When a commit point is in doubt, the resolver shall roll it back. If that wins, it is the decision. If this process decided
 *       to commit it and got no answer, the resolver shall commit it instead. A commit point is in doubt in two cases:
 *       <ul>
 *         <li>It is prepared, and its coordinator's lock is free.
 *         <li>It is prepared and bears our own name, but its transaction does not live in this process, or not any more.
 *       </ul>
 *   <li>R2 — When a follower has been seen prepared, the resolver shall ask its commit point's database, in this order:
 *       <ul>
 *         <li>Is the commit point still prepared? If so, wait for R1.
 *         <li><em>Then</em>, in a later snapshot, is the decision row there? If so, commit the follower, else roll it back.
 *         <li>If there is no answer, or none to the barrier, wait.
 *         <li>If no pool leads to that database, ask a peer ({@link dev.lockstep.participant.flow.DecisionSource}).
 *       </ul>
 *       If this process has learned that the transaction is committed, the resolver shall commit the follower and ask nobody.
 *   <li>R3 — When a coordinator saw all branches committed, its decision shall be forgotten. Any other decision shall be forgotten when two
 *       things are true:
 *       <ul>
 *         <li>Nobody asks for it any more.
 *         <li>After the row was read, every follower's database has been seen without a branch of the transaction, with a barrier. What
 *             bears the decision's id counts, whatever the rest of its name. If no pool leads to that database, a peer must have seen it.
 *       </ul>
 *       If the transaction's superior is on another server, nobody but that one can say that nobody asks.
 * </ul>
 *
 * <p>An operator sees the same evidence through {@link dev.lockstep.participant.resolver.ByHand}, and acts by the same rules.
 */
package dev.lockstep.participant.resolver;
