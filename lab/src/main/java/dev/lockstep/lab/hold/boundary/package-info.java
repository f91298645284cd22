/**
 * Stop before commit: the breakpoint on {@code scope.Complete()}, for everybody to see.
 *
 * <ul>
 *   <li>H1 — An operator may place an order that stops after the work, or after the prepares.
 *   <li>H2 — While it is held, what another reader sees of both rows shall be told: the committed values, and whose locks.
 *   <li>H3 — An operator may commit it or roll it back. After the prepares that is a vote, so nothing is decided before.
 *   <li>H4 — A hold shall end by itself, in a rollback, before the transaction's time is over, and when the application stops. This shall hold
 *       whichever database is away then.
 * </ul>
 */
package dev.lockstep.lab.hold.boundary;
