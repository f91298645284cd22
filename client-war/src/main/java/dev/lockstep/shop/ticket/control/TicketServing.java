package dev.lockstep.shop.ticket.control;

import dev.lockstep.flow.TransactionScope;
import dev.lockstep.order.ticket.TicketClaim;
import dev.lockstep.order.ticket.TicketQueue;
import dev.lockstep.order.ticket.TicketReason;
import dev.lockstep.product.boundary.TicketStock;
import dev.lockstep.product.boundary.TicketTaking;
import dev.lockstep.web.Failures;
import jakarta.ejb.EJB;
import jakarta.ejb.EJBException;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.TimeUnit;

/**
 * Serves tickets, where both services meet: claims a queue in a transaction of the orders database, has the stock taken by one of the
 * product database meanwhile, and writes the orders in the first. Neither ever spans both. Thread-safe.
 */
@ApplicationScoped
public class TicketServing {

    private static final Logger LOG = System.getLogger(TicketServing.class.getName());

    @EJB // not @Inject, for the reason told in OrdersServlet
    TicketQueue queue;

    @EJB
    TicketStock stock;

    private final TicketJournal journal;

    /** For the container's proxy. */
    protected TicketServing() {
        this(null);
    }

    /**
     * The constructor the container uses.
     *
     * @param journal notes for those who watch what was served when
     */
    @Inject
    public TicketServing(TicketJournal journal) {
        this.journal = journal;
    }

    /**
     * Serves the next tickets of one product. Those that cannot be served for a passing reason let other products go first.
     *
     * @return whether there were any
     * @throws RuntimeException if they cannot be served for a passing reason, such as a database that is away; nothing is lost
     */
    public boolean serveNext() {
        Instant began = Instant.now();
        Optional<TicketClaim> claim;
        Optional<Serving> serving;
        try (TransactionScope scope = TransactionScope.required()) {
            claim = queue.claim();
            serving = claim.filter(claimed -> !claimed.tickets().isEmpty())
                    .map(claimed -> serve(claimed, began, Instant.now()));
            scope.complete();
        } catch (UnservedException e) {
            if (e.isPassing()) {
                postpone(e);
                throw e;
            }
            LOG.log(Level.WARNING, e.getMessage(), e);
            queue.blame(e.claim(), e.reason());
            return true;
        }
        serving.ifPresent(journal::served);
        return claim.isPresent();
    }

    /** Other products may have better luck, unless a database is away for all. */
    private void postpone(UnservedException failure) {
        if (Failures.isAway(failure)) {
            return;
        }
        try {
            queue.postpone(failure.claim());
        } catch (EJBException e) {
            failure.addSuppressed(e);
        }
    }

    private Serving serve(TicketClaim claim, Instant began, Instant called) {
        try {
            return claim.isOrdered() ? refuse(claim, began, called) : settle(claim, began, called);
        } catch (RuntimeException e) {
            throw new UnservedException(claim, e);
        }
    }

    /** Orders have these tickets' ids. One that had its stock when the order came gives it back. */
    private Serving refuse(TicketClaim claim, Instant began, Instant called) {
        Instant giving = Instant.now();
        stock.giveBack(claim.productId(), claim.number(), claim.ticketIds());
        Instant given = Instant.now();
        Map<UUID, TicketReason> refused = new HashMap<>();
        claim.ticketIds().forEach(ticketId -> refused.put(ticketId, TicketReason.idTaken()));
        queue.settle(claim, Set.of(), refused, 0);
        return new Serving(claim.ticketIds(), Set.of(), began, called, giving, given);
    }

    private Serving settle(TicketClaim claim, Instant began, Instant called) {
        long start = System.nanoTime();
        Map<UUID, Integer> wanted = new LinkedHashMap<>();
        claim.tickets().forEach(ticket -> wanted.put(ticket.orderId(), ticket.quantity()));
        Set<UUID> earlier = stock.takings(claim.productId());
        earlier.removeAll(wanted.keySet());
        Set<UUID> ended = earlier.isEmpty() ? Set.of() : queue.readyAmong(earlier);
        Instant taking = Instant.now();
        TicketTaking.Result result = stock.take(new TicketTaking(claim.productId(), claim.number(), wanted, ended));
        Instant taken = Instant.now();
        TicketReason refusal =
                result.isKnown() ? TicketReason.outOfStock(result.left()) : TicketReason.unknownProduct();
        Map<UUID, TicketReason> refused = new HashMap<>();
        claim.ticketIds().stream()
                .filter(ticketId -> !result.granted().contains(ticketId))
                .forEach(ticketId -> refused.put(ticketId, refusal));
        queue.settle(
                claim, result.granted(), refused, (System.nanoTime() - start) / (double) TimeUnit.SECONDS.toNanos(1));
        return new Serving(claim.ticketIds(), Set.copyOf(result.granted()), began, called, taking, taken);
    }

    /**
     * Refuses a ticket that FAILED, and gives its pieces back if it has any. If it ends in between it can be repeated.
     *
     * @param ticketId the ticket
     * @param words what its owner is told
     * @return whether it had FAILED
     * @throws dev.lockstep.flow.TransactionInDoubtException if it cannot be told whether it is refused
     */
    public boolean refuse(UUID ticketId, String words) {
        try (TransactionScope scope = TransactionScope.required()) {
            Optional<TicketClaim> claim = queue.claimFailed(ticketId);
            claim.ifPresent(failed -> {
                stock.giveBack(failed.productId(), failed.number(), failed.ticketIds());
                queue.settle(failed, Set.of(), Map.of(ticketId, TicketReason.refused(words)), 0);
            });
            scope.complete();
            return claim.isPresent();
        }
    }

    /**
     * Lets a ticket that FAILED wait again.
     *
     * @param ticketId the ticket
     * @return whether it had FAILED
     */
    public boolean retry(UUID ticketId) {
        return queue.retry(ticketId);
    }
}
