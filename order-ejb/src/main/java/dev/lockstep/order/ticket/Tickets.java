package dev.lockstep.order.ticket;

import dev.lockstep.order.boundary.NewOrder;
import dev.lockstep.order.boundary.OrderService;
import dev.lockstep.order.control.OrdersDatabase;
import dev.lockstep.order.control.OrdersSql;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import jakarta.transaction.TransactionSynchronizationRegistry;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * Tickets as customers and operators see them: issued at once, called later. {@link TicketQueue} has the rules by which they are served.
 *
 * <p>{@code NOT_SUPPORTED}: tickets are issued by one statement that is its own local transaction in the orders database, in one round trip.
 * That is what makes them quick, so no coordinator takes part and a caller's transaction is left alone.
 */
@Stateless
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
public class Tickets {

    private final OrdersSql orders;
    private final TransactionSynchronizationRegistry transaction;

    /** For the container's proxy (EJB 4.0 asks for it). */
    public Tickets() {
        this(null, null);
    }

    /**
     * The constructor the container uses.
     *
     * @param orders the orders database
     * @param transaction the transaction of the calling thread
     */
    @Inject
    public Tickets(@OrdersDatabase OrdersSql orders, @OrdersDatabase TransactionSynchronizationRegistry transaction) {
        this.orders = orders;
        this.transaction = transaction;
    }

    /**
     * Issues tickets, durably: all, or none if the database refuses.
     *
     * @param wanted what is wanted, in the order of the numbers to be issued; not empty
     * @return the new tickets, waiting, their places not looked up; none for an id that an earlier ticket or an order has
     */
    public List<Ticket> issue(List<NewOrder> wanted) {
        return orders.run(connection -> new TicketTable(connection).issue(wanted));
    }

    /**
     * Finds a ticket, archived or not.
     *
     * @param ticketId its id, not null
     * @return the ticket, or empty if none is issued; {@link #isUndecided} tells whether one may yet be
     */
    public Optional<Ticket> ticket(UUID ticketId) {
        return tickets(List.of(ticketId)).stream().findFirst();
    }

    /**
     * Finds tickets, archived or not, all at the same moment.
     *
     * @param ticketIds their ids
     * @return those that are issued, in no order
     */
    public List<Ticket> tickets(Collection<UUID> ticketIds) {
        return orders.run(connection -> new TicketTable(connection).tickets(ticketIds));
    }

    /**
     * Lists the tickets that wait for an operator.
     *
     * @param before only those with a lower number
     * @param limit how many at most, 1 or more
     * @return those that FAILED, the highest number first
     */
    public List<Ticket> failed(long before, int limit) {
        return orders.run(connection -> new TicketTable(connection).failed(before, limit));
    }

    /**
     * Tells whether a statement that issues a ticket with this id is still under way, though its request is not: the connection may have
     * been lost. As {@link OrderService#isUndecided} does, by an insert of the same key that is rolled back, and only if somebody is
     * writing tickets.
     *
     * @param ticketId its id, not null
     * @return whether the ticket may yet be issued; if not, a read made after this call tells the truth
     */
    @TransactionAttribute(TransactionAttributeType.REQUIRES_NEW)
    public boolean isUndecided(UUID ticketId) {
        try {
            return orders.run(connection -> {
                TicketTable tickets = new TicketTable(connection);
                return tickets.isBeingWritten() && tickets.isLocked(ticketId);
            });
        } finally {
            transaction.setRollbackOnly();
        }
    }

    /**
     * Counts tickets.
     *
     * @param state WAITING or FAILED; other states have no index
     * @return how many are in it
     */
    public long count(TicketState state) {
        return orders.run(connection -> new TicketTable(connection).count(state));
    }

    /** {@return how many tickets have not ended, and how many queues there are} */
    public TicketTotals totals() {
        return orders.run(connection -> new QueueTable(connection).totals());
    }

    /**
     * Lists queues. One that nobody has used for an hour may be forgotten.
     *
     * @param from the lowest product
     * @param limit how many at most, 1 or more
     * @return those of products for which a ticket was issued, by ascending product
     */
    public List<QueueLength> queues(int from, int limit) {
        return orders.run(connection -> new QueueTable(connection).lengths(from, limit));
    }

    /**
     * Finds a queue.
     *
     * @param productId its product
     * @return the queue, or empty if no ticket was issued for the product, or for so long that it is forgotten
     */
    public Optional<QueueLength> queue(int productId) {
        return queues(productId, 1).stream()
                .filter(queue -> queue.productId() == productId)
                .findFirst();
    }

    /**
     * Forgets the queues in which no ticket waits, for its number or an operator, and none was called for an hour: what was called last
     * there, and how long it took. If somebody is issuing a ticket just now, then nothing is forgotten. A queue that a worker is serving stays.
     */
    public void forgetIdleQueues() {
        orders.run(connection -> {
            new QueueTable(connection).forgetIdle();
            return null;
        });
    }

    /**
     * Tells all instances something, by NOTIFY.
     *
     * @param channel what it is about
     */
    public void tell(String channel) {
        orders.run(connection -> {
            new QueueTable(connection).tell(channel, "");
            return null;
        });
    }
}
