package dev.lockstep.rest.order;

import dev.lockstep.order.boundary.NewOrder;
import dev.lockstep.order.boundary.OrderService;
import dev.lockstep.order.boundary.OrderTotals;
import dev.lockstep.order.boundary.PlacedOrder;
import dev.lockstep.web.HttpProblems;
import dev.lockstep.web.InvalidField;
import dev.lockstep.web.Problem;
import dev.lockstep.web.ProblemException;
import jakarta.ejb.EJB;
import jakarta.enterprise.context.RequestScoped;
import jakarta.ws.rs.Path;
import java.util.List;
import java.util.UUID;

/** Answers by the order service, which joins the caller's transaction or begins one, and knows nothing of HTTP. */
@Path("/orders")
@RequestScoped
public class OrdersResource implements Orders {

    private static final int LIST_MAX = 501;

    @EJB // not @Inject: through CDI's proxy of an EJB each call throws and catches an exception in Payara 6.2025.10
    OrderService orders;

    @Override
    public PlacedOrder add(NewOrder order) {
        return orders.addOrder(order);
    }

    @Override
    public List<PlacedOrder> list(int limit, UUID before, String name) {
        if (limit < 1 || limit > LIST_MAX) {
            throw invalid("limit", "must be between 1 and " + LIST_MAX);
        }
        if (!name.isEmpty()) {
            return orders.ordersNamed(name, limit);
        }
        if (before == null) {
            return orders.newestOrders(limit);
        }
        return orders.ordersBefore(
                orders.order(before)
                        .orElseThrow(
                                () -> invalid("before", "must be of a committed order, " + before + " is of none")),
                limit);
    }

    private static ProblemException invalid(String field, String detail) {
        return new ProblemException(HttpProblems.invalidRequest(List.of(new InvalidField(field, detail))));
    }

    @Override
    public OrderTotals totals() {
        return orders.totals();
    }

    @Override
    public PlacedOrder get(UUID id) {
        return orders.order(id).orElseGet(() -> {
            if (orders.isUndecided(id)) {
                throw new ProblemException(new Problem(
                        "outcome-unknown",
                        503,
                        "Outcome unknown",
                        "Whether order " + id + " is written cannot be told yet; ask again"));
            }
            // It may have been decided between the two questions, so the first one is asked once more.
            return orders.order(id)
                    .orElseThrow(() -> new ProblemException(new Problem(
                            "no-such-order",
                            404,
                            "No such order",
                            "There is no order " + id + ", nor is one in doubt")));
        });
    }
}
