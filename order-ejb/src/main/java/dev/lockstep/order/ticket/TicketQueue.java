package dev.lockstep.order.ticket;

import dev.lockstep.order.boundary.NewOrder;
import dev.lockstep.order.control.OrdersDatabase;
import dev.lockstep.order.control.OrdersSql;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * The rules by which tickets are served, on the side of the orders database: who is next, who is served together, and what becomes of a
 * ticket that fails.
 *
 * <p>{@code MANDATORY}: whoever serves opens a transaction, claims a product's queue, has the stock taken by a transaction of the product
 * database alone, settles, and commits. The claim is a row lock, so it ends with the transaction, whoever dies: the next claim sees what
 * is still waiting. Nothing here is two-phase, since the stock is taken at most once for a ticket however often it is tried.
 */
@Stateless
@TransactionAttribute(TransactionAttributeType.MANDATORY)
public class TicketQueue {

    /** The most tickets of one claim. */
    static final int BATCH_MAX = 200;

    /** Tickets have ended, or failed; all instances listen. */
    private static final String CALLED = "ticket_called";

    private final OrdersSql orders;
    private final Clock clock;
    private final Attempts attempts;

    /** For the container's proxy (EJB 4.0 asks for it). */
    public TicketQueue() {
        this(null, null, null);
    }

    /**
     * The constructor the container uses; the attempts of a ticket are read from the environment.
     *
     * @param orders the orders database
     * @param clock tells when an order is written
     */
    @Inject
    public TicketQueue(@OrdersDatabase OrdersSql orders, @OrdersDatabase Clock clock) {
        this(orders, clock, Attempts.from(System.getenv()));
    }

    TicketQueue(OrdersSql orders, Clock clock, Attempts attempts) {
        this.orders = orders;
        this.clock = clock;
        this.attempts = attempts;
    }

    /**
     * Claims the queue that was called longest ago, of those that nobody serves, so that no product keeps another one waiting for more
     * than a turn. If orders have the ids of some of its tickets already, these come alone.
     *
     * @return the claim, or empty if there is nothing to do
     */
    public Optional<TicketClaim> claim() {
        Duration longestPause = attempts.longestPause();
        return orders.run(connection -> {
            Optional<QueueTable.Claimed> queue = new QueueTable(connection).claim(longestPause);
            if (queue.isEmpty()) {
                return Optional.empty();
            }
            List<TicketTable.Due> due =
                    new TicketTable(connection).due(queue.get().productId(), longestPause, BATCH_MAX);
            return Optional.of(batch(queue.get(), due));
        });
    }

    /** A ticket that has failed before is served alone, so that it cannot spoil the others' batch again. */
    private static TicketClaim batch(QueueTable.Claimed queue, List<TicketTable.Due> due) {
        List<NewOrder> batch = new ArrayList<>();
        List<NewOrder> ordered = new ArrayList<>();
        for (TicketTable.Due ticket : due) {
            if (ticket.isOrdered()) {
                ordered.add(ticket.order());
            } else if (!ticket.hasFailed() || batch.isEmpty()) {
                batch.add(ticket.order());
            }
            if (ticket.hasFailed()) {
                break;
            }
        }
        return ordered.isEmpty()
                ? new TicketClaim(queue.number(), queue.productId(), batch)
                : new TicketClaim(queue.number(), queue.productId(), ordered, true);
    }

    /**
     * Claims the queue of a ticket that FAILED; waits for whoever serves it.
     *
     * @param ticketId the ticket
     * @return a claim with that ticket alone, or empty if it has not FAILED
     */
    public Optional<TicketClaim> claimFailed(UUID ticketId) {
        return orders.run(connection -> {
            Optional<QueueTable.Claimed> queue = new QueueTable(connection).claimOf(ticketId);
            Optional<NewOrder> failed = new TicketTable(connection).failed(ticketId);
            return queue.flatMap(claimed ->
                    failed.map(ticket -> new TicketClaim(claimed.number(), claimed.productId(), List.of(ticket))));
        });
    }

    /**
     * Tells which tickets need their takings no more.
     *
     * @param ticketIds tickets of the claimed product
     * @return those that are READY, durably, archived or not
     */
    public Set<UUID> readyAmong(Collection<UUID> ticketIds) {
        return orders.run(connection -> new TicketTable(connection).readyAmong(ticketIds));
    }

    /**
     * Ends tickets: writes the orders of those that have their stock, and tells the others why they have none.
     *
     * @param claim the claim of this transaction
     * @param granted those that have their stock
     * @param refused those that have none, and why
     * @param seconds how long the claim took until now
     */
    public void settle(TicketClaim claim, Collection<UUID> granted, Map<UUID, TicketReason> refused, double seconds) {
        double secondsEach = seconds / Math.max(1, granted.size() + refused.size());
        orders.run(connection -> {
            TicketTable tickets = new TicketTable(connection);
            if (!granted.isEmpty()) {
                tickets.writeOrders(granted, clock.instant());
                tickets.call(granted);
            }
            if (!refused.isEmpty()) {
                tickets.refuse(refused);
            }
            QueueTable queues = new QueueTable(connection);
            queues.advance(claim.productId(), claim.ticketIds(), secondsEach);
            queues.tell(CALLED, Integer.toString(claim.productId()));
            tickets.checkNow();
            return null;
        });
    }

    /**
     * Notes that tickets could not be served for a reason of their own, in a transaction of its own, and lets other products have their
     * turn first. Of several that failed together nobody knows which is at fault: from now on each is served alone, without a pause. One that
     * was served alone is tried again after a pause, until it has made all its attempts and is FAILED.
     *
     * @param claim whose tickets these are; it must be over
     * @param words what the database said
     */
    @TransactionAttribute(TransactionAttributeType.REQUIRES_NEW)
    public void blame(TicketClaim claim, String words) {
        List<Duration> pauses = claim.tickets().size() == 1 ? attempts.pauses() : List.of();
        orders.run(connection -> {
            QueueTable queues = new QueueTable(connection);
            queues.postpone(
                    claim.productId()); // first the queue, as whoever serves it has it locked before its tickets
            new TicketTable(connection).countAttempt(claim.ticketIds(), words, attempts.max(), pauses);
            queues.tell(CALLED, Integer.toString(claim.productId()));
            return null;
        });
    }

    /**
     * Lets other products have their turn first, in a transaction of its own: these tickets could not be served for a passing reason.
     *
     * @param claim whose tickets these are; it must be over
     */
    @TransactionAttribute(TransactionAttributeType.REQUIRES_NEW)
    public void postpone(TicketClaim claim) {
        orders.run(connection -> {
            new QueueTable(connection).postpone(claim.productId());
            return null;
        });
    }

    /**
     * Lets a ticket that FAILED wait again, in a transaction of its own; its number is still its number.
     *
     * @param ticketId the ticket
     * @return whether it had FAILED
     */
    @TransactionAttribute(TransactionAttributeType.REQUIRES_NEW)
    public boolean retry(UUID ticketId) {
        return orders.run(connection -> new TicketTable(connection).retry(ticketId));
    }
}
