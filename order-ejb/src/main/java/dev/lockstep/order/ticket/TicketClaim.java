package dev.lockstep.order.ticket;

import dev.lockstep.order.boundary.NewOrder;
import java.util.List;
import java.util.UUID;

/**
 * The right to serve a product's next tickets; it ends with the transaction that got it, however that ends.
 *
 * @param number higher than that of every claim before, also of those that were lost
 * @param productId the product
 * @param tickets what is wanted, in the order of the tickets' numbers; empty if none can be served now
 * @param isOrdered whether orders that did not come from these tickets have their ids, so that they get nothing
 */
public record TicketClaim(long number, int productId, List<NewOrder> tickets, boolean isOrdered) {

    /** A claim of tickets that can be served. */
    TicketClaim(long number, int productId, List<NewOrder> tickets) {
        this(number, productId, tickets, false);
    }

    /** {@return the tickets' ids, in their order} */
    public List<UUID> ticketIds() {
        return tickets.stream().map(NewOrder::orderId).toList();
    }
}
