package dev.lockstep.shop.ticket.control;

import dev.lockstep.order.ticket.TicketClaim;
import dev.lockstep.product.boundary.StaleClaimException;
import dev.lockstep.web.Failures;

/** Tickets of a claim could not be served. */
final class UnservedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient TicketClaim claim;

    UnservedException(TicketClaim claim, RuntimeException cause) {
        super(
                claim.tickets().size() + " tickets of product " + claim.productId() + ", from "
                        + claim.ticketIds().get(0) + " on, could not be served: " + Failures.reason(cause),
                cause);
        this.claim = claim;
    }

    TicketClaim claim() {
        return claim;
    }

    String reason() {
        return Failures.reason(getCause());
    }

    /** {@return whether the tickets are not to blame} */
    boolean isPassing() {
        return Failures.isPassing(getCause()) || Failures.isBy(StaleClaimException.class, getCause());
    }
}
