package dev.lockstep.shop.ticket.control;

import dev.lockstep.order.boundary.NewOrder;
import dev.lockstep.order.ticket.Ticket;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;

/**
 * A request for a ticket.
 *
 * @param wanted what is wanted
 * @param asked when the request came
 * @param answer will be the ticket, or empty if there was one of this id before
 */
record TicketRequest(NewOrder wanted, Instant asked, CompletableFuture<Optional<Ticket>> answer) {

    TicketRequest(NewOrder wanted) {
        this(wanted, Instant.now(), new CompletableFuture<>());
    }

    /** Of several requests of one id the first that the ticket fulfils gets it; to the others it is one that was there before. */
    static void answer(List<TicketRequest> together, List<Ticket> given) {
        Map<UUID, Ticket> left = new HashMap<>();
        given.forEach(ticket -> left.put(ticket.order().orderId(), ticket));
        for (TicketRequest request : together) {
            Ticket ticket = left.get(request.wanted.orderId());
            boolean isHis = ticket != null && ticket.fulfils(request.wanted);
            request.answer.complete(isHis ? Optional.of(left.remove(request.wanted.orderId())) : Optional.empty());
        }
    }
}
