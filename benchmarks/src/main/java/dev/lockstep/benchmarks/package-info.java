/**
 * Two candidates side by side in one session, under load from another process than the server's.
 *
 * <ul>
 *   <li>M1 — After warm-up rounds the candidates shall take turns, and the one that begins shall change from round to round, so that
 *       what drifts (disk, tables, temperature) meets both alike. A result is the median of the rounds, and the median of the ratios
 *       of the two rounds that belong together, with the smallest and the largest.
 *   <li>M2 — Each counted yes shall be looked for in the databases at the end; one that is missing, doubled or short of stock shall fail
 *       the command.
 *   <li>M3 — Each client shall send its next request when it has its answer (a closed loop): the server is as busy as it can be, and a
 *       time is mostly the wait for others. At a given rate a time shall begin when the request is due, so that a slow answer is not
 *       forgotten in the times of those that wait behind it.
 * </ul>
 */
package dev.lockstep.benchmarks;
