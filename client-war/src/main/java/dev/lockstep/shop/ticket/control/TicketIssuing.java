package dev.lockstep.shop.ticket.control;

import dev.lockstep.order.boundary.NewOrder;
import dev.lockstep.order.ticket.Ticket;
import dev.lockstep.order.ticket.Tickets;
import dev.lockstep.shop.order.OrderSubject;
import dev.lockstep.shop.order.Problems;
import dev.lockstep.web.Failures;
import dev.lockstep.web.ProblemException;
import jakarta.annotation.Resource;
import jakarta.ejb.EJB;
import jakarta.ejb.EJBException;
import jakarta.enterprise.concurrent.ContextService;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.BeforeDestroyed;
import jakarta.enterprise.context.Initialized;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;

/**
 * Issues tickets, and wakes those who serve them, in all instances. Requests that come at the same time are answered by one statement: the next
 * is made when the one before is done, with all who have come meanwhile, so that nobody waits for company. Thread-safe.
 */
@ApplicationScoped
public class TicketIssuing {

    private static final Logger LOG = System.getLogger(TicketIssuing.class.getName());

    /** While one waits for the disk, the other one works. */
    private static final int THREADS = 2;

    private static final int TOGETHER_MAX = 100;

    /** Longer than any statement may take; then nothing is known. */
    private static final Duration PATIENCE = Duration.ofSeconds(70);

    /** Other instances are told so often at most; their workers look by themselves, too. */
    private static final Duration BETWEEN_NEWS = Duration.ofMillis(50);

    private final QueueLimit limit;
    private final ServingThreads serving;
    private final TicketJournal journal;
    private final BlockingQueue<TicketRequest> requests = new LinkedBlockingQueue<>();
    private final Set<TicketRequest> unanswered = ConcurrentHashMap.newKeySet();
    private final ApplicationThreads threads = new ApplicationThreads("ticket-issuing");
    private volatile boolean isClosing;
    private volatile long toldAt = System.nanoTime();

    @EJB // not @Inject, for the reason told in OrdersServlet
    Tickets tickets;

    @Resource
    private ContextService context;

    /** For the container's proxy. */
    protected TicketIssuing() {
        this(null, null, null);
    }

    /**
     * The constructor the container uses.
     *
     * @param limit counts what is issued
     * @param serving the threads that serve, to be woken
     * @param journal notes for those who watch what was issued when
     */
    @Inject
    public TicketIssuing(QueueLimit limit, ServingThreads serving, TicketJournal journal) {
        this.limit = limit;
        this.serving = serving;
        this.journal = journal;
    }

    void begin(@Observes @Initialized(ApplicationScoped.class) Object application) {
        threads.begin(THREADS, context.contextualRunnable(this::work));
    }

    /** Before the services are gone. */
    void end(@Observes @BeforeDestroyed(ApplicationScoped.class) Object application) {
        isClosing = true;
        threads.end();
        sendAway();
    }

    /** No thread takes them any more. */
    private void sendAway() {
        for (TicketRequest left = requests.poll(); left != null; left = requests.poll()) {
            unanswered.remove(left);
            left.answer().completeExceptionally(new ProblemException(Problems.closing()));
        }
    }

    /**
     * Issues a ticket, durably.
     *
     * @param wanted what is wanted
     * @return the ticket, or empty if one of this id was issued before
     * @throws EJBException if the database does not say whether it was issued
     * @throws ProblemException if the shop closes; nothing was issued
     */
    public Optional<Ticket> issue(NewOrder wanted) {
        TicketRequest request = new TicketRequest(wanted);
        unanswered.add(request);
        requests.add(request);
        if (isClosing) {
            sendAway();
        }
        try {
            return request.answer().get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof ProblemException closing) {
                throw closing;
            }
            throw new EJBException("The ticket may not be issued", e);
        } catch (TimeoutException e) {
            throw new EJBException("The orders database has not answered", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new EJBException("Nobody waits for the answer any more", e);
        }
    }

    /**
     * Tells whether a ticket of this id may yet be issued by this instance, though its client may have gone.
     *
     * @param ticketId the ticket
     * @return whether it waits for a thread, or a thread for the database
     */
    public boolean isUnderWay(UUID ticketId) {
        return unanswered.stream()
                .anyMatch(request -> request.wanted().orderId().equals(ticketId));
    }

    void work() {
        try {
            while (!isClosing) {
                TicketRequest first = requests.poll(1, TimeUnit.SECONDS);
                if (first != null) {
                    fulfilWith(first);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // the application ends its threads
        }
    }

    private void fulfilWith(TicketRequest first) {
        List<TicketRequest> together = new ArrayList<>(List.of(first));
        requests.drainTo(together, TOGETHER_MAX - 1);
        try {
            fulfil(together);
        } finally {
            together.forEach(unanswered::remove);
        }
    }

    /** Whatever happens everybody is answered, and the thread goes on: none would take its place. */
    private void fulfil(List<TicketRequest> together) {
        Instant from = Instant.now();
        try {
            List<Ticket> issued =
                    tickets.issue(together.stream().map(TicketRequest::wanted).toList());
            note(together, issued, from);
            TicketRequest.answer(together, issued);
            limit.gave(issued.size());
            serving.wake();
            tellOthers();
        } catch (RuntimeException | Error e) {
            if (together.size() == 1 || Failures.isAway(e)) {
                together.forEach(request -> request.answer().completeExceptionally(e));
            } else {
                together.forEach(one -> fulfil(List.of(one))); // whoever is at fault shall not spoil it for the others
            }
        }
    }

    /** Before anybody is answered: a story must have begun when its client has read that the ticket was issued. */
    private void note(List<TicketRequest> together, List<Ticket> issued, Instant from) {
        Instant now = Instant.now();
        Set<UUID> ticketIds =
                issued.stream().map(ticket -> ticket.order().orderId()).collect(Collectors.toSet());
        together.stream()
                .filter(request -> ticketIds.contains(request.wanted().orderId()))
                .forEach(request -> journal.given(
                        request.wanted().orderId(), OrderSubject.of(request.wanted()), request.asked(), from, now));
    }

    private void tellOthers() {
        long now = System.nanoTime();
        if (now - toldAt < BETWEEN_NEWS.toNanos()) {
            return;
        }
        toldAt = now;
        try {
            tickets.tell(TicketNews.GIVEN);
        } catch (EJBException e) {
            LOG.log(Level.DEBUG, "Other instances are not told; they look by themselves", e);
        }
    }
}
