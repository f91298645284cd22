/**
 * Issues and serves tickets by local transactions of one database each, and tells who waits.
 *
 * <ul>
 *   <li>W1 — Tickets of a product shall be served in the order of their numbers.
 *   <li>W2 — When a server dies at any step, another shall serve its tickets. Stock shall be taken once for each.
 *   <li>W3 — When a ticket fails for a reason of its own, the others shall be served. It shall FAIL after bounded attempts.
 *   <li>W4 — While a database is away, tickets shall wait and no attempt shall be counted.
 *   <li>W5 — While tickets of several products wait, the products shall be served in turn.
 * </ul>
 */
package dev.lockstep.shop.ticket.control;
