package dev.lockstep.shop.ticket.boundary;

import dev.lockstep.order.boundary.NewOrder;
import dev.lockstep.order.ticket.QueueLength;
import dev.lockstep.order.ticket.Ticket;
import dev.lockstep.order.ticket.Tickets;
import dev.lockstep.shop.order.OrderRequest;
import dev.lockstep.shop.order.Problems;
import dev.lockstep.shop.ticket.control.KnownProducts;
import dev.lockstep.shop.ticket.control.QueueLimit;
import dev.lockstep.shop.ticket.control.TicketFeed;
import dev.lockstep.shop.ticket.control.TicketIssuing;
import dev.lockstep.shop.ticket.control.TicketJournal;
import dev.lockstep.shop.ticket.control.TicketJson;
import dev.lockstep.shop.ticket.control.TicketProblems;
import dev.lockstep.shop.ticket.control.TicketServing;
import dev.lockstep.web.ApiServlet;
import dev.lockstep.web.Exchange;
import dev.lockstep.web.Failures;
import dev.lockstep.web.HttpProblems;
import dev.lockstep.web.InvalidField;
import dev.lockstep.web.JsonFields;
import dev.lockstep.web.Problem;
import dev.lockstep.web.ProblemException;
import jakarta.ejb.EJB;
import jakarta.ejb.EJBException;
import jakarta.inject.Inject;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** {@code /api/tickets}: issues tickets, tells what has become of them, and lets an operator settle those that FAILED. */
@WebServlet(
        urlPatterns = {"/api/tickets", "/api/tickets/*"},
        asyncSupported = true)
public class TicketsServlet extends ApiServlet {

    private static final long serialVersionUID = 1L;
    private static final Logger LOG = System.getLogger(TicketsServlet.class.getName());

    private static final String ID_FIELD = "ticketId";

    @EJB // not @Inject, for the reason told in OrdersServlet
    private transient Tickets tickets;

    private final transient TicketIssuing issuing;
    private final transient TicketServing serving;
    private final transient TicketFeed feed;
    private final transient QueueLimit limit;
    private final transient KnownProducts products;
    private final transient TicketJournal journal;

    /**
     * The constructor the container uses.
     *
     * @param issuing issues tickets
     * @param serving settles those that FAILED
     * @param feed tells browsers what becomes of their tickets
     * @param limit knows how many may wait
     * @param products knows what there is
     * @param journal notes for those who watch when clients have their answers
     */
    @Inject
    public TicketsServlet(
            TicketIssuing issuing,
            TicketServing serving,
            TicketFeed feed,
            QueueLimit limit,
            KnownProducts products,
            TicketJournal journal) {
        this.issuing = issuing;
        this.serving = serving;
        this.feed = feed;
        this.limit = limit;
        this.products = products;
        this.journal = journal;
    }

    @Override
    protected List<String> methods(HttpServletRequest request) {
        return switch (TicketPath.of(request).part()) {
            case ALL -> List.of("GET", "HEAD", "POST");
            case ONE -> List.of("GET", "HEAD");
            case EVENTS -> List.of("GET");
            case RETRY, REFUSE -> List.of("POST");
        };
    }

    @Override
    protected void requireAccepted(HttpServletRequest request) {
        if (TicketPath.of(request).part() != TicketPath.Part.EVENTS) {
            super.requireAccepted(request);
        }
    }

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        TicketPath path = TicketPath.of(request);
        switch (path.part()) {
            case ALL -> answerAll(request, response);
            case EVENTS -> stream(path.ticketId(), request, response);
            default -> answerOne(path.ticketId(), response);
        }
    }

    private void answerAll(HttpServletRequest request, HttpServletResponse response) throws IOException {
        TicketQuery query = TicketQuery.of(request);
        if (query.isOfFailed()) {
            requireOperator(request);
            answerFailed(query, request, response);
        } else {
            query.productId().ifPresent(this::requireKnown);
            answerQueues(query, request, response);
        }
    }

    private void answerFailed(TicketQuery query, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        List<Ticket> failed = tickets.failed(query.before(), query.limit() + 1);
        List<Ticket> shown = failed.subList(0, Math.min(failed.size(), query.limit()));
        if (shown.size() < failed.size()) {
            next(request, response, query.before(shown.get(shown.size() - 1).number()));
        }
        answer(response, 200, TicketJson.of(shown));
    }

    private void answerQueues(TicketQuery query, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        List<QueueLength> queues = query.productId().isPresent()
                ? tickets.queue(query.productId().getAsInt()).stream().toList()
                : tickets.queues(query.from(), query.limit() + 1);
        List<QueueLength> shown = queues.subList(0, Math.min(queues.size(), query.limit()));
        if (shown.size() < queues.size()) {
            next(request, response, query.from(queues.get(shown.size()).productId()));
        }
        answer(response, 200, TicketJson.queues(shown, tickets.totals(), limit.max()));
    }

    private static void next(HttpServletRequest request, HttpServletResponse response, String query) {
        goOn(response, request.getContextPath() + "/api/tickets" + query);
    }

    private void answerOne(UUID ticketId, HttpServletResponse response) throws IOException {
        Optional<Ticket> ticket = tickets.ticket(ticketId);
        if (ticket.isEmpty() && (issuing.isUnderWay(ticketId) || tickets.isUndecided(ticketId))) {
            answerUndecided(response);
            return;
        }
        // It may have been given between the two questions, so the first one is asked once more.
        Ticket found = ticket.or(() -> tickets.ticket(ticketId))
                .orElseThrow(() -> new ProblemException(TicketProblems.noSuchTicket(ticketId)));
        answer(response, 200, TicketJson.of(found));
    }

    private void stream(UUID ticketId, HttpServletRequest request, HttpServletResponse response) throws IOException {
        if (!feed.join(existing(ticketId), request, response)) {
            throw tooManyListeners(response, TicketFeed.STREAMS_MAX);
        }
    }

    @Override
    protected void doPost(HttpServletRequest request, HttpServletResponse response) throws IOException {
        TicketPath path = TicketPath.of(request);
        switch (path.part()) {
            case RETRY -> retry(request, response, path.ticketId());
            case REFUSE -> refuse(request, response, path.ticketId());
            default -> issue(request, response);
        }
    }

    private void issue(HttpServletRequest request, HttpServletResponse response) throws IOException {
        OrderRequest asked = OrderRequest.parse(Exchange.jsonBody(request), ID_FIELD);
        NewOrder wanted = asked.order();
        if (products.isUnknown(wanted.productId()) && !isRepetition(asked)) {
            throw new ProblemException(Problems.unknownProduct(wanted.productId()));
        }
        if (limit.isReached() && !isRepetition(asked)) {
            response.setHeader("Retry-After", Long.toString(limit.secondsUntilRoom()));
            throw new ProblemException(TicketProblems.queueFull(limit.max()));
        }
        response.setHeader("Location", request.getContextPath() + "/api/tickets/" + wanted.orderId());
        try {
            Optional<Ticket> given = issuing.issue(wanted);
            if (given.isPresent()) {
                answer(response, 202, TicketJson.of(given.get()));
                journal.answered(wanted.orderId(), 202);
            } else {
                Ticket earlier = tickets.ticket(wanted.orderId())
                        .orElseThrow(() -> new ProblemException(TicketProblems.orderHasId(wanted.orderId())));
                answerAgain(earlier, wanted, response);
            }
        } catch (EJBException e) {
            Problem problem = notGiven(wanted.orderId(), e);
            LOG.log(Level.ERROR, "Ticket " + wanted.orderId() + ": " + problem.detail(), e);
            throw new ProblemException(problem);
        }
    }

    /** What gives tickets is one statement, so its refusal is a sure no. */
    private static Problem notGiven(UUID ticketId, EJBException failure) {
        return Failures.refusal(failure)
                .map(sqlState -> Problems.refusedByDatabase("Ticket " + ticketId + " was not given", sqlState))
                .orElseGet(() -> Failures.isOurs(failure)
                        ? HttpProblems.internalError()
                        : TicketProblems.outcomeUnknown(ticketId));
    }

    private void requireKnown(int productId) {
        if (products.isUnknown(productId)) {
            throw new ProblemException(Problems.unknownProduct(productId));
        }
    }

    /** Whoever repeats a request must not be told that no ticket was given. */
    private boolean isRepetition(OrderRequest asked) {
        UUID ticketId = asked.order().orderId();
        return asked.isRepeatable()
                && (issuing.isUnderWay(ticketId) || tickets.ticket(ticketId).isPresent());
    }

    private static void answerAgain(Ticket earlier, NewOrder wanted, HttpServletResponse response) throws IOException {
        if (!earlier.fulfils(wanted)) {
            throw new ProblemException(TicketProblems.ticketIdTaken(earlier));
        }
        answer(response, 200, TicketJson.of(earlier));
    }

    private void retry(HttpServletRequest request, HttpServletResponse response, UUID ticketId) throws IOException {
        requireOperator(request);
        answerSettled(request, response, ticketId, "retried", serving.retry(ticketId));
    }

    private void refuse(HttpServletRequest request, HttpServletResponse response, UUID ticketId) throws IOException {
        requireOperator(request);
        String words = JsonFields.string(
                        JsonFields.of(Exchange.jsonBody(request)).get("reason"))
                .filter(NewOrder::isValidName)
                .orElseThrow(() -> new ProblemException(
                        HttpProblems.invalidRequest(List.of(new InvalidField("reason", OrderRequest.NAME_RULE)))));
        answerSettled(request, response, ticketId, "refused (" + words + ")", serving.refuse(ticketId, words));
    }

    private void answerSettled(
            HttpServletRequest request, HttpServletResponse response, UUID ticketId, String how, boolean isDone)
            throws IOException {
        Ticket ticket = existing(ticketId);
        if (!isDone) {
            throw new ProblemException(TicketProblems.notFailed(ticket));
        }
        LOG.log(Level.INFO, request.getRemoteUser() + " " + how + " ticket " + ticketId);
        answer(response, 200, TicketJson.of(ticket));
    }

    private Ticket existing(UUID ticketId) {
        return tickets.ticket(ticketId).orElseThrow(() -> new ProblemException(TicketProblems.noSuchTicket(ticketId)));
    }
}
