package dev.lockstep.shop.order;

import dev.lockstep.journal.ClientRequest;
import dev.lockstep.journal.Journal;
import dev.lockstep.order.boundary.PlacedOrder;
import dev.lockstep.shop.services.Orders;
import dev.lockstep.telemetry.control.RequestContext;
import dev.lockstep.web.ApiServlet;
import dev.lockstep.web.Exchange;
import dev.lockstep.web.HttpProblems;
import dev.lockstep.web.InvalidField;
import dev.lockstep.web.ProblemException;
import dev.lockstep.web.stream.OrderNames;
import jakarta.inject.Inject;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import java.util.UUID;

/** {@code /api/orders}: places orders, once each, and tells what became of them. */
@WebServlet(
        urlPatterns = {"/api/orders", "/api/orders/*"},
        asyncSupported = true)
public class OrdersServlet extends ApiServlet {

    private static final long serialVersionUID = 1L;

    private final transient OrderDesk desk;
    private final transient OrderQueue queue;
    private final transient Orders orders;
    private final transient Journal journal;

    /**
     * The constructor the container uses.
     *
     * @param desk places orders
     * @param queue lets orders that come together share a commit
     * @param orders the order service
     * @param journal writes down what becomes of each order
     */
    @Inject
    public OrdersServlet(OrderDesk desk, OrderQueue queue, Orders orders, Journal journal) {
        this.desk = desk;
        this.queue = queue;
        this.orders = orders;
        this.journal = journal;
    }

    @Override
    protected List<String> methods(HttpServletRequest request) {
        return isCollection(request) ? List.of("GET", "HEAD", "POST") : List.of("GET", "HEAD");
    }

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        if (isCollection(request)) {
            answerList(request, response, OrderListing.of(request));
            return;
        }
        UUID orderId = OrderRequest.uuid(request.getPathInfo().substring(1))
                .orElseThrow(() -> new ProblemException(HttpProblems.notFound(request.getRequestURI())));
        RequestContext.isAbout(orderId);
        Outcome outcome = desk.find(orderId);
        if (outcome instanceof Outcome.Unknown) {
            answerUndecided(response);
        } else {
            tell(request, response, orderId, outcome);
        }
    }

    private void answerList(HttpServletRequest request, HttpServletResponse response, OrderListing wanted)
            throws IOException {
        if (!wanted.name().isEmpty()) {
            requireOperator(request);
            answer(
                    response,
                    200,
                    ServiceJson.orders(orders.ordersNamed(wanted.name(), wanted.limit()), OrderNames.to(request)));
            return;
        }
        List<PlacedOrder> found = listed(wanted.before(), wanted.limit() + 1);
        List<PlacedOrder> page = found.subList(0, Math.min(found.size(), wanted.limit()));
        if (page.size() < found.size()) {
            String next = "limit=" + wanted.limit() + "&before="
                    + page.get(page.size() - 1).orderId();
            goOn(response, request.getContextPath() + "/api/orders?" + next);
        }
        answer(response, 200, ServiceJson.orders(page, OrderNames.to(request)));
    }

    private List<PlacedOrder> listed(UUID before, int limit) {
        if (before == null) {
            return orders.newestOrders(limit);
        }
        PlacedOrder later = orders.order(before)
                .orElseThrow(() -> new ProblemException(HttpProblems.invalidRequest(List.of(
                        new InvalidField("before", "must be of a committed order, " + before + " is of none")))));
        return orders.ordersBefore(later, limit);
    }

    @Override
    protected void doPost(HttpServletRequest request, HttpServletResponse response) throws IOException {
        OrderRequest wanted = OrderRequest.parse(Exchange.jsonBody(request), "orderId");
        UUID orderId = wanted.order().orderId();
        RequestContext.isAbout(orderId);
        if (!desk.begin(orderId)) {
            tell(request, response, orderId, new Outcome.Unknown());
            return;
        }
        switch (enter(wanted, request)) {
            case ALONE -> placeAlone(request, response, wanted, () -> queue.leave(wanted));
            case APART -> placeAlone(request, response, wanted, () -> {});
            case FULL -> throw new ProblemException(Problems.busy(queue.waitingMax()));
            case CLOSED -> throw new ProblemException(Problems.closing());
            case WAITING -> {} // the queue answers
        }
    }

    /** It is under way from now on only if somebody places it. */
    private Entry enter(OrderRequest wanted, HttpServletRequest request) {
        Entry entry = Entry.CLOSED;
        try {
            entry = queue.enter(wanted, request);
            return entry;
        } finally {
            if (entry == Entry.FULL || entry == Entry.CLOSED) {
                desk.end(wanted.order().orderId());
            }
        }
    }

    private void placeAlone(
            HttpServletRequest request, HttpServletResponse response, OrderRequest wanted, Runnable leave)
            throws IOException {
        try (ClientRequest watched = journal.request()) {
            Outcome outcome;
            try {
                outcome = desk.place(wanted);
            } finally {
                leave.run();
                desk.end(wanted.order().orderId()); // now, since its client may repeat itself as soon as it hears
            }
            tell(request, response, wanted.order().orderId(), outcome);
            watched.answered(outcome.status());
        }
    }

    /** Answers; an order is answered alike, whichever thread does it. */
    static void tell(HttpServletRequest request, HttpServletResponse response, UUID orderId, Outcome outcome)
            throws IOException {
        String location = request.getContextPath() + "/api/orders/" + orderId;
        if (outcome instanceof Outcome.Written written) {
            if (written.isNew()) {
                response.setHeader("Location", location);
            }
            answer(response, outcome.status(), ServiceJson.order(written.order()));
        } else if (outcome instanceof Outcome.Refused refused) {
            Exchange.refuse(response, refused.problem());
        } else {
            response.setHeader("Location", location);
            Exchange.refuse(response, Problems.outcomeUnknown(orderId));
        }
    }

    private static boolean isCollection(HttpServletRequest request) {
        return request.getPathInfo() == null || request.getPathInfo().equals("/");
    }
}
