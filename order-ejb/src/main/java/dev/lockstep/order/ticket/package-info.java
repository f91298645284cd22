/**
 * Tickets in the orders database: issued at once, served later, by whoever has claimed the queue of their product.
 *
 * <p>{@link dev.lockstep.order.ticket.Tickets} is what customers and operators ask. {@link dev.lockstep.order.ticket.TicketQueue} has the
 * rules by which tickets are served.
 */
package dev.lockstep.order.ticket;
