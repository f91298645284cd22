package dev.lockstep.order.boundary;

/**
 * All orders together.
 *
 * @param ordered pieces in committed orders
 * @param undecided prepared transactions in the orders database, counted before the pieces were: any that was prepared before the
 *     question and is not in {@code ordered} is among them
 */
public record OrderTotals(long ordered, int undecided) {}
