package dev.lockstep.journal;

import java.util.UUID;

/**
 * The order that a transaction or a ticket is about.
 *
 * @param orderId its id
 * @param orderName what the shopper calls it; any text
 * @param productId what is ordered
 * @param quantity pieces, 1 or more
 */
public record WatchedOrder(UUID orderId, String orderName, int productId, int quantity) {}
