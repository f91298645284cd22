package dev.lockstep.ticket.control;

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
record Wish(NewOrder wanted, Instant asked, CompletableFuture<Optional<Ticket>> answer) {

    Wish(NewOrder wanted) {
        this(wanted, Instant.now(), new CompletableFuture<>());
    }

    /** Of several wishes of one id the first that the ticket fulfils gets it; to the others it is one that was there before. */
    static void answer(List<Wish> together, List<Ticket> given) {
        Map<UUID, Ticket> left = new HashMap<>();
        given.forEach(ticket -> left.put(ticket.order().orderId(), ticket));
        for (Wish wish : together) {
            Ticket ticket = left.get(wish.wanted.orderId());
            boolean isHis = ticket != null && ticket.fulfils(wish.wanted);
            wish.answer.complete(isHis ? Optional.of(left.remove(wish.wanted.orderId())) : Optional.empty());
        }
    }
}
