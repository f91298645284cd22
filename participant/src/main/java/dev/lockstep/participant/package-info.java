/**
 * PostgreSQL as a participant in distributed transactions, without a coordinator log.
 *
 * <p><b>The idea.</b> The commit of one branch, the commit point, is the decision. The first branch enlisted in a global transaction
 * is its commit point (Payara's JTS prepares and commits in the order of enlistment). Its database keeps the decision: a row of
 * {@code xa_decision}, written by the same branch. {@code COMMIT PREPARED} and {@code ROLLBACK PREPARED} of that branch are atomic, so
 * exactly one of them wins, whoever sends them and however late.
 *
 * <p><b>The rules.</b> They are checked as a model ({@code models/commit-protocol.pml}).
 *
 * <ul>
 *   <li>P1 — When a branch is prepared, the commit point shall write its decision row first; followers shall prepare only after it.
 *       A branch that has written nothing (it has no transaction id) shall vote read-only, and is over then; the commit point shall do so
 *       only if no follower has written either. In the same message, and before anything else in it, the server shall refuse if the
 *       role is not the connection's, or if the transaction is not the one that the branch began. When a listener vetoes a branch that is
 *       prepared, it shall vote no, and be rolled back as P4 says.
 *   <li>P2 — When the commit point is committed: an answer decides COMMIT. "Does not exist", or no
 *       answer: look whether it is still prepared (then send once more), then for the row. No row is taken for a rollback only within
 *       half the retention; otherwise the outcome is UNKNOWN.
 *   <li>P3 — When a follower is committed: COMMIT decided, commit it, on a fresh connection if need be, else leave it to the resolver;
 *       ROLLBACK decided, roll it back and throw XA_HEURRB; UNKNOWN, look as P2 does; still UNKNOWN, leave it and throw XAER_RMFAIL.
 *       COMMIT decided, but the server refuses it on a fresh connection, too: tell the operator at once, and throw XA_HEURMIX.
 *   <li>P4 — When a branch is rolled back that is prepared or may be: always, if COMMIT PREPARED was never sent to the commit point.
 *   <li>P5 — When asked to recover, a connection shall show nothing.
 *   <li>Barrier — When a conclusion is drawn from what a database says, the same session shall then write once more
 *       ({@code pg_logical_emit_message}); without an answer, nothing was read. A former primary that nobody stopped cannot answer,
 *       for its synchronous standby is another's; and what was read is replicated then.
 *   <li>Warning — When PostgreSQL says that it did not wait for its standby (01000), that shall count as no answer.
 *   <li>R1, R2, R3 — see {@link dev.lockstep.participant.resolver}.
 *   <li>Identity — Before its first branch in a database a coordinator shall hold its name there by a session-level advisory lock.
 * </ul>
 */
package dev.lockstep.participant;
