package dev.lockstep.shop.ticket.control;

import dev.lockstep.order.ticket.Ticket;
import dev.lockstep.web.Problem;
import java.util.UUID;

/** What can be wrong with a request about tickets. */
public final class TicketProblems {

    private TicketProblems() {}

    /**
     * There is no such ticket, and none may yet be given.
     *
     * @param ticketId what was asked for
     * @return 404
     */
    public static Problem noSuchTicket(UUID ticketId) {
        return new Problem("no-such-ticket", 404, "No such ticket", "There is no ticket " + ticketId);
    }

    /**
     * The id belongs to another ticket.
     *
     * @param earlier the ticket that has the id
     * @return 409
     */
    public static Problem ticketIdTaken(Ticket earlier) {
        return new Problem(
                "ticket-id-taken",
                409,
                "Ticket id taken",
                "Ticket " + earlier.order().orderId() + " is given already, with other content");
    }

    /**
     * The id belongs to an order that did not come from a ticket.
     *
     * @param ticketId the id
     * @return 409
     */
    public static Problem orderHasId(UUID ticketId) {
        return new Problem(
                "ticket-id-taken",
                409,
                "Ticket id taken",
                "There is an order " + ticketId + " already; no ticket was given");
    }

    /**
     * As many tickets wait as may.
     *
     * @param max how many may
     * @return 429
     */
    public static Problem queueFull(long max) {
        return new Problem(
                "queue-full", 429, "Queue full", max + " tickets wait already; no ticket was given, come again later");
    }

    /**
     * The orders database did not say whether the ticket is given.
     *
     * @param ticketId the ticket
     * @return 503
     */
    public static Problem outcomeUnknown(UUID ticketId) {
        return new Problem(
                "outcome-unknown",
                503,
                "Outcome unknown",
                "Whether ticket " + ticketId + " is given cannot be told yet; ask for it at Location");
    }

    /**
     * Only a ticket that FAILED can be retried or refused.
     *
     * @param ticket the ticket
     * @return 409
     */
    public static Problem notFailed(Ticket ticket) {
        return new Problem(
                "not-failed",
                409,
                "Not failed",
                "Ticket " + ticket.order().orderId() + " is " + ticket.state()
                        + "; only one that FAILED waits for an operator");
    }
}
