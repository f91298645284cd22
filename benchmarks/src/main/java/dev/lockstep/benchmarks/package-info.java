/**
 * Candidates side by side in one session, under load from another process than the server's.
 *
 * <ul>
 *   <li>M1 — After warm-up rounds the candidates shall take turns. The one that begins shall change from round to round. So what drifts (disk,
 *       tables, temperature) meets both alike. A result is the median of the rounds. A ratio is that of two rounds that belong together, and
 *       the median of these ratios is told, with the smallest and the largest. From six rounds on it is told where that median lies,
 *       95 % sure at least.
 *   <li>M2 — Each counted yes shall be looked for in the databases at the end. If one is missing, doubled or short of stock, the command shall
 *       fail.
 *   <li>M3 — Each client shall send its next request when it has its answer (a closed loop). The server is as busy as it can be then, and a
 *       time is mostly the wait for others. At a given rate a time shall begin when the request is due. So a slow answer is counted in the
 *       times of those that wait behind it, too.
 *   <li>M4 — Two versions shall be compared as their users start them, each with the tables that it makes. After at least twenty rounds, the newer
 *       one is as fast as before if the lower bound of the median ratio is at least 0.97.
 *   <li>M5 — When everybody is compared, all shall work with the same two databases. A candidate is warm when its rate no longer climbs, and the report
 *       shall tell how that was known. The command shall tell at its start how long it takes at most.
 *   <li>M6 — Growth shall be measured at named points, from one customer of a young shop to a thousand of an old one. Each shall have a minute, and
 *       the page open that totals all orders.
 * </ul>
 */
package dev.lockstep.benchmarks;
