package dev.lockstep.product.boundary;

/**
 * The pieces of all products together.
 *
 * @param initial pieces that ever came, sold ones included
 * @param stock pieces in stock, in the same snapshot
 * @param takenForTickets pieces taken from stock for tickets and not given back, in the same snapshot
 * @param undecided prepared transactions in the product database, counted before the pieces were: any that was prepared before
 *     the question and is not in {@code stock} is among them
 */
public record StockTotals(long initial, long stock, long takenForTickets, int undecided) {}
