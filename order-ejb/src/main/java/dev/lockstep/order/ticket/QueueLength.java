package dev.lockstep.order.ticket;

import java.util.OptionalDouble;

/**
 * The queue of one product.
 *
 * @param productId the product
 * @param waiting how many tickets wait
 * @param called the number called last, 0 if none was
 * @param secondsEach how long a ticket takes to be served, smoothed; empty if none was
 */
public record QueueLength(int productId, long waiting, long called, OptionalDouble secondsEach) {}
