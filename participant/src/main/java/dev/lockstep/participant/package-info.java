/**
 * PostgreSQL as a participant in distributed transactions, without a coordinator log.
 *
 * <p><b>The idea.</b> The first branch of a global transaction that has written is its commit point. (Payara's JTS prepares and commits in
 * the order of enlistment.) The commit of the commit point is the decision. Its database keeps the decision: a row of {@code xa_decision},
 * which the same branch writes. {@code COMMIT PREPARED} and {@code ROLLBACK PREPARED} of that branch are atomic. So exactly one of them
 * wins, whoever sends them and however late.
 *
 * <pre>
 * commit point  INSERT INTO xa_decision, PREPARE               COMMIT PREPARED = the decision
 * follower                                        PREPARE                                      COMMIT PREPARED
 * </pre>
 *
 * <p><b>The rules.</b> They are checked as a model ({@code models/commit-protocol.pml}).
 *
 * <ul>
 *   <li>P1 — When a branch is prepared, it is the commit point if no other has voted yes yet. All that were enlisted before must have
 *       written nothing. The commit point shall write its decision row first; the row names the databases of all that were enlisted after
 *       it. Followers shall prepare only after it, and bear its id.
 *       <ul>
 *         <li>The check comes first in the message that prepares. If the role is not the connection's, or if the transaction is not the one
 *             that the branch began, the server shall refuse.
 *         <li>If a branch has written nothing (it has no transaction id), it shall vote read-only, and is over then. The next branch is
 *             the commit point, if this was.
 *         <li>If a listener vetoes a branch that is prepared, the branch shall vote no, and be rolled back as P4 says.
 *       </ul>
 *   <li>P2 — When the commit point is committed, the coordinator shall send {@code COMMIT PREPARED}. A clean answer decides to commit. If
 *       there is no answer, or "does not exist", it shall look:
 *       <ul>
 *         <li>Is the commit point still prepared? If there was no answer, it shall send the commit once more.
 *         <li>Then, is the row there? If so, it was committed.
 *         <li>A missing row proves a rollback only during the first half of the retention. After that the outcome is UNKNOWN.
 *       </ul>
 *   <li>P3 — When a follower is committed, what the coordinator does depends on the decision.
 *       <ul>
 *         <li>Decided to commit: commit the follower. If its connection is broken, use a fresh one. If that fails, leave it to the resolver.
 *         <li>Decided to commit, but the server refuses it on a fresh connection, too: tell the operator at once, and throw XA_HEURMIX.
 *         <li>Decided to roll back: roll the follower back, and throw XA_HEURRB.
 *         <li>UNKNOWN: look as P2 does. If it is still UNKNOWN, leave the follower, and throw XAER_RMFAIL.
 *       </ul>
 *   <li>P4 — When a branch that is prepared, or may be, is rolled back, it depends on the commit point.
 *       <ul>
 *         <li>If {@code COMMIT PREPARED} was never sent to it, the coordinator shall roll the branch back.
 *         <li>If it was sent, the coordinator shall learn the outcome as in P3, and roll the branch back only if that was decided. Else it
 *             shall throw XA_HEURCOM (committed) or XAER_RMFAIL (UNKNOWN).
 *       </ul>
 *   <li>P5 — When asked to recover, a connection shall show nothing.
 *   <li>Barrier — When a conclusion is drawn from what a database says, the same session shall then write once more
 *       ({@code pg_logical_emit_message}). Without an answer to that, nothing was read. An answer says that all that was read is replicated.
 *       A former primary that nobody stopped cannot answer, for its synchronous standby is another's.
 *   <li>Warning — When PostgreSQL says that it did not wait for its standby (01000), that shall count as no answer.
 *   <li>Flow — When servers call each other in one transaction, each server that is called is a member like a branch. One of them holds the
 *       commit point ({@link dev.lockstep.participant.flow}).
 *       <ul>
 *         <li>A gate prepares all branches of a called server when the superior asks. Its vote is theirs.
 *         <li>A holder shall send {@code COMMIT PREPARED} only when its superior has decided. Before that it may roll back.
 *         <li>A follower that has sent PREPARE for another server's decision shall not roll back, whoever says so. It asks (R2).
 *         <li>No row means "rolled back" for a follower that is then seen still prepared. For the superior it does in the first half of the
 *             retention that the vote told. For anybody else it means nothing.
 *         <li>A decision that is held for a superior shall be forgotten on that one's word, or by age.
 *       </ul>
 *   <li>R1, R2, R3 — see {@link dev.lockstep.participant.resolver}.
 *   <li>Identity — Before its first branch in a database a coordinator shall hold its name there by a session-level advisory lock.
 * </ul>
 *
 * <p>Why it is so: {@code docs/commit-protocol.md}. Every word: {@code docs/glossary.md}.
 */
package dev.lockstep.participant;
