package dev.lockstep.order.ticket;

/**
 * All tickets that have not ended, in one snapshot.
 *
 * @param waiting how many wait
 * @param failed how many wait for an operator
 * @param queues how many products have a queue
 */
public record TicketTotals(long waiting, long failed, long queues) {}
