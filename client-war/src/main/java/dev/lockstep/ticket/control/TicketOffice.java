package dev.lockstep.ticket.control;

import dev.lockstep.order.boundary.NewOrder;
import dev.lockstep.order.boundary.Ticket;
import dev.lockstep.order.boundary.TicketService;
import jakarta.ejb.EJB;
import jakarta.ejb.EJBException;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;

/** Gives tickets, and lets the workers of all instances know. Thread-safe. */
@ApplicationScoped
public class TicketOffice {

    private static final Logger LOG = System.getLogger(TicketOffice.class.getName());

    /** Other instances are told so often at most; their workers look by themselves, too. */
    private static final Duration BETWEEN_NEWS = Duration.ofMillis(50);

    private final QueueLimit limit;
    private final Bell bell;
    private final AtomicLong toldAt = new AtomicLong(System.nanoTime());

    @EJB // not @Inject, for the reason told in OrdersServlet
    TicketService tickets;

    /** For the container's proxy. */
    protected TicketOffice() {
        this(null, null);
    }

    /**
     * The constructor the container uses.
     *
     * @param limit counts what is given
     * @param bell wakes the workers of this instance
     */
    @Inject
    public TicketOffice(QueueLimit limit, Bell bell) {
        this.limit = limit;
        this.bell = bell;
    }

    /**
     * Gives a ticket, durably.
     *
     * @param wanted what is wanted
     * @return the ticket, or empty if one of this id was given before
     * @throws EJBException if the database does not say whether it was given
     */
    public Optional<Ticket> give(NewOrder wanted) {
        Optional<Ticket> given = tickets.give(wanted);
        if (given.isPresent()) {
            limit.gaveOne();
            bell.ring();
            tellOthers();
        }
        return given;
    }

    private void tellOthers() {
        long now = System.nanoTime();
        long before = toldAt.get();
        if (now - before < BETWEEN_NEWS.toNanos() || !toldAt.compareAndSet(before, now)) {
            return;
        }
        try {
            tickets.tell(TicketNews.GIVEN);
        } catch (EJBException e) {
            LOG.log(Level.DEBUG, "Other instances are not told; they look by themselves", e);
        }
    }
}
