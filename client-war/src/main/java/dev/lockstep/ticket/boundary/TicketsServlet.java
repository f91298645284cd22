package dev.lockstep.ticket.boundary;

import dev.lockstep.client.boundary.ApiServlet;
import dev.lockstep.client.control.Exchange;
import dev.lockstep.client.control.InvalidField;
import dev.lockstep.client.control.JsonFields;
import dev.lockstep.client.control.OrderRequest;
import dev.lockstep.client.control.ProblemException;
import dev.lockstep.client.control.Problems;
import dev.lockstep.order.boundary.NewOrder;
import dev.lockstep.order.boundary.Ticket;
import dev.lockstep.order.boundary.TicketService;
import dev.lockstep.order.boundary.TicketState;
import dev.lockstep.ticket.control.QueueLimit;
import dev.lockstep.ticket.control.TicketCounter;
import dev.lockstep.ticket.control.TicketFeed;
import dev.lockstep.ticket.control.TicketJson;
import dev.lockstep.ticket.control.TicketOffice;
import dev.lockstep.ticket.control.TicketProblems;
import dev.lockstep.watch.control.TicketJournal;
import jakarta.ejb.EJB;
import jakarta.ejb.EJBException;
import jakarta.inject.Inject;
import jakarta.json.Json;
import jakarta.json.JsonStructure;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.ws.rs.core.MediaType;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** {@code /api/tickets}: gives tickets, tells what has become of them, and lets an operator settle those that FAILED. */
@WebServlet(
        urlPatterns = {"/api/tickets", "/api/tickets/*"},
        asyncSupported = true)
public class TicketsServlet extends ApiServlet {

    private static final long serialVersionUID = 1L;
    private static final Logger LOG = System.getLogger(TicketsServlet.class.getName());

    private static final int FAILED_SHOWN = 100;
    private static final String ID_FIELD = "ticketId";

    @EJB // not @Inject, for the reason told in OrdersServlet
    private transient TicketService tickets;

    private final transient TicketOffice office;
    private final transient TicketCounter counter;
    private final transient TicketFeed feed;
    private final transient QueueLimit limit;
    private final transient TicketJournal journal;

    /**
     * The constructor the container uses.
     *
     * @param office gives tickets
     * @param counter settles those that FAILED
     * @param feed tells browsers what becomes of their tickets
     * @param limit knows how many may wait
     * @param journal notes for those who watch when clients have their answers
     */
    @Inject
    public TicketsServlet(
            TicketOffice office, TicketCounter counter, TicketFeed feed, QueueLimit limit, TicketJournal journal) {
        this.office = office;
        this.counter = counter;
        this.feed = feed;
        this.limit = limit;
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
        String state = request.getParameter("state");
        if (state == null) {
            answer(response, 200, TicketJson.queues(tickets.queues(), tickets.count(TicketState.FAILED), limit.max()));
            return;
        }
        if (!state.equals(TicketState.FAILED.name())) {
            throw invalid("state", "must be FAILED, or be left out");
        }
        requireOperator(request);
        answer(response, 200, TicketJson.of(tickets.failed(FAILED_SHOWN)));
    }

    private void answerOne(UUID ticketId, HttpServletResponse response) throws IOException {
        Optional<Ticket> ticket = tickets.ticket(ticketId);
        if (ticket.isEmpty() && (office.isUnderWay(ticketId) || tickets.isUndecided(ticketId))) {
            askAgain(response);
            answer(
                    response,
                    202,
                    Json.createObjectBuilder().add("outcome", "IN_DOUBT").build());
            return;
        }
        // It may have been given between the two questions, so the first one is asked once more.
        Ticket found = ticket.or(() -> tickets.ticket(ticketId))
                .orElseThrow(() -> new ProblemException(TicketProblems.noSuchTicket(ticketId)));
        answer(response, 200, TicketJson.of(found));
    }

    private void stream(UUID ticketId, HttpServletRequest request, HttpServletResponse response) throws IOException {
        if (!feed.join(existing(ticketId), request, response)) {
            throw new ProblemException(Problems.tooManyListeners(TicketFeed.TICKETS_MAX));
        }
    }

    @Override
    protected void doPost(HttpServletRequest request, HttpServletResponse response) throws IOException {
        TicketPath path = TicketPath.of(request);
        switch (path.part()) {
            case RETRY -> retry(request, response, path.ticketId());
            case REFUSE -> refuse(request, response, path.ticketId());
            default -> give(request, response);
        }
    }

    private void give(HttpServletRequest request, HttpServletResponse response) throws IOException {
        OrderRequest asked = OrderRequest.parse(Exchange.jsonBody(request), ID_FIELD);
        NewOrder wanted = asked.order();
        if (limit.isReached() && !isRepetition(asked)) {
            response.setHeader("Retry-After", Long.toString(limit.secondsUntilRoom()));
            throw new ProblemException(TicketProblems.queueFull(limit.max()));
        }
        response.setHeader("Location", request.getContextPath() + "/api/tickets/" + wanted.orderId());
        try {
            Optional<Ticket> given = office.give(wanted);
            if (given.isPresent()) {
                answer(response, 202, TicketJson.of(given.get()));
                journal.answered(wanted.orderId(), 202);
            } else {
                answerAgain(existing(wanted.orderId()), wanted, response);
            }
        } catch (EJBException e) {
            LOG.log(Level.ERROR, "Whether ticket " + wanted.orderId() + " is given is not known yet", e);
            throw new ProblemException(TicketProblems.outcomeUnknown(wanted.orderId()));
        }
    }

    /** Whoever repeats a request must not be told that no ticket was given. */
    private boolean isRepetition(OrderRequest asked) {
        UUID ticketId = asked.order().orderId();
        return asked.isRepeatable()
                && (office.isUnderWay(ticketId) || tickets.ticket(ticketId).isPresent());
    }

    private static void answerAgain(Ticket earlier, NewOrder wanted, HttpServletResponse response) throws IOException {
        if (!earlier.fulfils(wanted)) {
            throw new ProblemException(TicketProblems.ticketIdTaken(earlier));
        }
        answer(response, 200, TicketJson.of(earlier));
    }

    private void retry(HttpServletRequest request, HttpServletResponse response, UUID ticketId) throws IOException {
        requireOperator(request);
        answerSettled(request, response, ticketId, "retried", counter.retry(ticketId));
    }

    private void refuse(HttpServletRequest request, HttpServletResponse response, UUID ticketId) throws IOException {
        requireOperator(request);
        String reason = JsonFields.string(
                        JsonFields.of(Exchange.jsonBody(request)).get("reason"))
                .filter(NewOrder::isValidName)
                .orElseThrow(() -> invalid(
                        "reason",
                        "must be text of 1 to " + NewOrder.NAME_MAX
                                + " characters, not blank, without control characters"));
        answerSettled(request, response, ticketId, "refused (" + reason + ")", counter.refuse(ticketId, reason));
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

    private static ProblemException invalid(String field, String detail) {
        return new ProblemException(Problems.invalidRequest(List.of(new InvalidField(field, detail))));
    }

    private static void answer(HttpServletResponse response, int status, JsonStructure json) throws IOException {
        Exchange.answer(response, status, MediaType.APPLICATION_JSON, json);
    }
}
