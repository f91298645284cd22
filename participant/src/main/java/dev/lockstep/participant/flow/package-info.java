/**
 * A transaction that flows between servers: what the participant offers to the module {@code flow-server}, and asks of it.
 *
 * <p>Each server that a flow calls runs a transaction of its own. Its branches bear the name of the flow's commit point. So whoever finds a
 * branch prepared asks the commit point's database, through a pool of its own or through a {@link DecisionSource}.
 *
 * <ul>
 *   <li>A <b>subordinate</b> has a {@link Part}. Its gate, the transaction's first resource, prepares and ends it on request.
 *   <li>A <b>superior</b> has a {@link SubordinateBranch} for each server that it called, beside its own branches.
 *   <li>The <b>holder</b> is the server whose branch is the commit point.
 * </ul>
 *
 * <p>The rules: {@code docs/flow-protocol.md}.
 */
package dev.lockstep.participant.flow;
