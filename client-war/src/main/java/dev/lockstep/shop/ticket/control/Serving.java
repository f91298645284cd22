package dev.lockstep.shop.ticket.control;

import java.time.Instant;
import java.util.Collection;
import java.util.Set;
import java.util.UUID;

/**
 * How tickets of one product were served together.
 *
 * @param ticketIds which ones
 * @param granted those of them for which there was enough in stock
 * @param began when the product's queue was asked for
 * @param called when its next tickets were known
 * @param taking when the product database was asked for their stock
 * @param taken when it had committed that
 */
public record Serving(
        Collection<UUID> ticketIds, Set<UUID> granted, Instant began, Instant called, Instant taking, Instant taken) {}
