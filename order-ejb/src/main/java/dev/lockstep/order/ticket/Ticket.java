package dev.lockstep.order.ticket;

import dev.lockstep.order.boundary.NewOrder;
import dev.lockstep.order.boundary.PlacedOrder;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/**
 * A ticket at one moment.
 *
 * @param order what is wanted; the ticket's id is the id that its order will have
 * @param number the number on the ticket; lower numbers of the same product are served first
 * @param givenAt when it was given, by the database's clock
 * @param state what has become of it
 * @param attempts how often it failed for a reason of its own
 * @param reason why it is SOLD_OUT or FAILED, or failed the last time
 * @param readyAt when its order was written, if it is READY
 * @param place its place among the waiting tickets of its product, 1 if it is the next; empty if it does not wait
 * @param called the number called last for its product, 0 if none was
 * @param secondsEach how long a ticket of its product takes to be served, smoothed; empty if none was
 */
public record Ticket(
        NewOrder order,
        long number,
        Instant givenAt,
        TicketState state,
        int attempts,
        Optional<TicketReason> reason,
        Optional<Instant> readyAt,
        OptionalLong place,
        long called,
        OptionalDouble secondsEach) {

    /**
     * Tells whether the ticket was given for the same wish.
     *
     * @param wanted what is wanted under the same id
     * @return whether nothing differs
     */
    public boolean fulfils(NewOrder wanted) {
        return order.equals(wanted);
    }

    /** {@return the order, if it is READY} */
    public Optional<PlacedOrder> placed() {
        return readyAt.map(
                at -> new PlacedOrder(order.orderId(), order.orderName(), at, order.productId(), order.quantity()));
    }
}
