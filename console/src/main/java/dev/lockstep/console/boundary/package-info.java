/**
 * The coordinator's console: what MSDTC's console had, over HTTP.
 *
 * <ul>
 *   <li>T1 — Anybody shall see the transactions of this instance by state, each with its branches and the locks it holds.
 *   <li>T2 — What is prepared in the databases shall be shown with the evidence for commit or rollback, whoever prepared it.
 *   <li>T3 — When an operator settles a branch, the intent shall be written into the branch's database before the act, the outcome after it.
 *   <li>T4 — When an instruction contradicts the evidence, it shall be refused, and nothing but the record of it shall change.
 *   <li>T5 — The metrics shall count the same things as the statistics.
 *   <li>T6 — When an operator resets the statistics, it shall be written down before it is done.
 * </ul>
 */
package dev.lockstep.console.boundary;
