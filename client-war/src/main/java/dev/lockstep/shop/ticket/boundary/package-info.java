/**
 * Tickets over HTTP: pay now, fetch later.
 *
 * <ul>
 *   <li>T1 — When {@code POST /api/tickets} is answered with 202, the ticket shall never be lost. It ends in an order or in a clear "sold out".
 *   <li>T2 — When the same {@code ticketId} comes again, no second ticket shall be given.
 *   <li>T3 — When more tickets wait than the limit, the API shall answer 429 and tell when to come again.
 *   <li>T4 — When a ticket's place or state changes, each listener to its events shall be told without asking.
 *   <li>T5 — When a ticket can never be served, as far as is known without asking the product database, none shall be given.
 * </ul>
 */
package dev.lockstep.shop.ticket.boundary;
