package dev.lockstep.product.boundary;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/**
 * Stock to be taken for tickets of one product.
 *
 * @param productId the product
 * @param claim the number of the claim by which the tickets are served
 * @param wanted pieces of each ticket, 1 or more, in the order in which they are served
 * @param ended earlier tickets of the product that need their takings no more
 */
public record TicketTaking(int productId, long claim, Map<UUID, Integer> wanted, Set<UUID> ended) {

    /**
     * What came of it.
     *
     * @param granted those that have their stock now, or had it before
     * @param left pieces left in stock
     * @param isKnown whether there is such a product; if not, nothing is granted
     */
    public record Result(List<UUID> granted, int left, boolean isKnown) {}
}
