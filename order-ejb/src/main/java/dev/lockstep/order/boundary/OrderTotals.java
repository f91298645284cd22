package dev.lockstep.order.boundary;

/**
 * All orders and tickets together.
 *
 * @param ordered pieces in committed orders
 * @param orderedByTicket those of them in orders that came from a ticket, in the same snapshot
 * @param unended pieces of tickets that are WAITING or FAILED, in the same snapshot
 * @param soldOut pieces of tickets that ended without an order, in the same snapshot; it never falls
 * @param undecided prepared transactions in the orders database, counted before the pieces were: any that was prepared before the
 *     question and is not in {@code ordered} is among them
 */
public record OrderTotals(long ordered, long orderedByTicket, long unended, long soldOut, int undecided) {}
