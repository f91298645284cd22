package dev.lockstep.client.boundary;

import dev.lockstep.client.control.Exchange;
import dev.lockstep.client.control.InvalidField;
import dev.lockstep.client.control.NotCommittedException;
import dev.lockstep.client.control.OrderListing;
import dev.lockstep.client.control.OrderRequest;
import dev.lockstep.client.control.OutcomeUnknownException;
import dev.lockstep.client.control.Placement;
import dev.lockstep.client.control.Problem;
import dev.lockstep.client.control.ProblemException;
import dev.lockstep.client.control.Problems;
import dev.lockstep.client.control.ServiceJson;
import dev.lockstep.order.boundary.DuplicateOrderException;
import dev.lockstep.order.boundary.NewOrder;
import dev.lockstep.order.boundary.OrderService;
import dev.lockstep.order.boundary.PlacedOrder;
import dev.lockstep.product.boundary.OutOfStockException;
import dev.lockstep.product.boundary.UnknownProductException;
import dev.lockstep.telemetry.control.RequestContext;
import dev.lockstep.watch.control.ClientRequest;
import dev.lockstep.watch.control.Journal;
import dev.lockstep.watch.control.OrderNames;
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
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/** {@code /api/orders}: places orders, once each, and tells what became of them. */
@WebServlet({"/api/orders", "/api/orders/*"})
public class OrdersServlet extends ApiServlet {

    private static final long serialVersionUID = 1L;
    private static final Logger LOG = System.getLogger(OrdersServlet.class.getName());

    @EJB // not @Inject: through CDI's proxy of an EJB each call throws and catches an exception in Payara 6.2025.10
    private transient OrderService orders;

    private final transient Placement placement;
    private final transient Journal journal;

    /** Orders that this instance is placing: one request for each, and no "no" about them meanwhile. */
    private final transient Set<UUID> underWay = ConcurrentHashMap.newKeySet();

    /**
     * The constructor the container uses.
     *
     * @param placement places orders
     * @param journal writes down what becomes of each order
     */
    @Inject
    public OrdersServlet(Placement placement, Journal journal) {
        this.placement = placement;
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
                .orElseThrow(() -> new ProblemException(Problems.notFound(request.getRequestURI())));
        RequestContext.isAbout(orderId);
        Optional<PlacedOrder> order = orders.order(orderId);
        if (order.isEmpty() && (underWay.contains(orderId) || orders.isUndecided(orderId))) {
            askAgain(response);
            answer(
                    response,
                    202,
                    Json.createObjectBuilder().add("outcome", "IN_DOUBT").build());
            return;
        }
        // It may have been decided between the two questions, so the first one is asked once more.
        PlacedOrder found = order.or(() -> orders.order(orderId))
                .orElseThrow(() -> new ProblemException(Problems.noSuchOrder(orderId)));
        answer(response, 200, ServiceJson.order(found));
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
            response.setHeader("Link", "<" + request.getContextPath() + "/api/orders?" + next + ">; rel=\"next\"");
        }
        answer(response, 200, ServiceJson.orders(page, OrderNames.to(request)));
    }

    private List<PlacedOrder> listed(UUID before, int limit) {
        if (before == null) {
            return orders.newestOrders(limit);
        }
        PlacedOrder later = orders.order(before)
                .orElseThrow(() -> new ProblemException(Problems.invalidRequest(List.of(
                        new InvalidField("before", "must be of a committed order, " + before + " is of none")))));
        return orders.ordersBefore(later, limit);
    }

    @Override
    protected void doPost(HttpServletRequest request, HttpServletResponse response) throws IOException {
        OrderRequest wanted = OrderRequest.parse(Exchange.jsonBody(request), "orderId");
        UUID orderId = wanted.order().orderId();
        RequestContext.isAbout(orderId);
        String location = request.getContextPath() + "/api/orders/" + orderId;
        if (!underWay.add(orderId)) {
            throw outcomeUnknown(response, orderId, location);
        }
        try (ClientRequest watched = journal.request()) {
            placeWatched(watched, response, wanted, location);
        } finally {
            underWay.remove(orderId);
        }
    }

    private void placeWatched(ClientRequest watched, HttpServletResponse response, OrderRequest wanted, String location)
            throws IOException {
        try {
            placeOnce(response, wanted, location);
            watched.answered(response.getStatus());
        } catch (ProblemException e) {
            watched.answered(e.problem().status());
            throw e;
        }
    }

    private void placeOnce(HttpServletResponse response, OrderRequest wanted, String location) throws IOException {
        NewOrder order = wanted.order();
        try {
            Optional<PlacedOrder> earlier =
                    wanted.isRepeatable() ? written(response, order.orderId(), location) : Optional.empty();
            if (earlier.isPresent()) {
                answerAgain(response, earlier.get(), order);
                return;
            }
            PlacedOrder placed = placement.place(order);
            response.setHeader("Location", location);
            answer(response, 201, ServiceJson.order(placed));
        } catch (OutOfStockException e) {
            refuse(response, Problems.outOfStock(e), wanted, location);
        } catch (UnknownProductException e) {
            refuse(response, Problems.unknownProduct(e), wanted, location);
        } catch (DuplicateOrderException e) {
            LOG.log(Level.WARNING, "Order " + order.orderId() + " is being placed by another request, too", e);
            refuse(response, Problems.notPlaced(order.orderId()), wanted, location);
        } catch (NotCommittedException | EJBException e) {
            LOG.log(Level.WARNING, "Order " + order.orderId() + " was not placed by this request", e);
            refuse(response, Problems.notPlaced(order.orderId(), e), wanted, location);
        } catch (OutcomeUnknownException e) {
            LOG.log(Level.ERROR, "The outcome of order " + order.orderId() + " is not known yet", e);
            throw outcomeUnknown(response, order.orderId(), location);
        }
    }

    /**
     * Tells a "no", but asks first whether an earlier or concurrent request placed the same order: its "yes" must not be
     * contradicted.
     */
    private void refuse(HttpServletResponse response, Problem no, OrderRequest wanted, String location)
            throws IOException {
        if (!wanted.isRepeatable()) {
            throw new ProblemException(no);
        }
        UUID orderId = wanted.order().orderId();
        if (ask(response, orderId, location, () -> orders.isUndecided(orderId))) {
            throw outcomeUnknown(response, orderId, location);
        }
        PlacedOrder written = written(response, orderId, location).orElseThrow(() -> new ProblemException(no));
        answerAgain(response, written, wanted.order());
    }

    private Optional<PlacedOrder> written(HttpServletResponse response, UUID orderId, String location) {
        return ask(response, orderId, location, () -> orders.order(orderId));
    }

    /** Asks the orders database about an order that an earlier request may have placed; without its answer nothing is known. */
    private static <T> T ask(HttpServletResponse response, UUID orderId, String location, Supplier<T> question) {
        try {
            return question.get();
        } catch (EJBException e) {
            LOG.log(Level.ERROR, "The orders database does not tell whether order " + orderId + " is written", e);
            throw outcomeUnknown(response, orderId, location);
        }
    }

    private static void answerAgain(HttpServletResponse response, PlacedOrder written, NewOrder wanted)
            throws IOException {
        if (!written.fulfils(wanted)) {
            throw new ProblemException(Problems.orderIdTaken(written));
        }
        answer(response, 200, ServiceJson.order(written));
    }

    private static ProblemException outcomeUnknown(HttpServletResponse response, UUID orderId, String location) {
        response.setHeader("Location", location);
        return new ProblemException(Problems.outcomeUnknown(orderId));
    }

    private static boolean isCollection(HttpServletRequest request) {
        return request.getPathInfo() == null || request.getPathInfo().equals("/");
    }

    private static void answer(HttpServletResponse response, int status, JsonStructure json) throws IOException {
        Exchange.answer(response, status, MediaType.APPLICATION_JSON, json);
    }
}
