package dev.lockstep.shop.remote;

import dev.lockstep.order.boundary.DuplicateOrderException;
import dev.lockstep.order.boundary.NewOrder;
import dev.lockstep.order.boundary.OrderTotals;
import dev.lockstep.order.boundary.PlacedOrder;
import dev.lockstep.shop.remote.Refusal.RefusedException;
import dev.lockstep.shop.services.Orders;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.json.Json;
import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.eclipse.microprofile.rest.client.inject.RestClient;

/** The order service of another server. */
@ApplicationScoped
public class RemoteOrders implements Orders {

    private static final String SERVICE = "order";

    private final OrderClient orders;

    protected RemoteOrders() {
        this(null);
    }

    /**
     * The constructor the container uses.
     *
     * @param orders calls it
     */
    @Inject
    public RemoteOrders(@RestClient OrderClient orders) {
        this.orders = orders;
    }

    @Override
    public PlacedOrder addOrder(NewOrder order) {
        JsonObject json = Json.createObjectBuilder()
                .add("orderId", order.orderId().toString())
                .add("orderName", order.orderName())
                .add("productId", order.productId())
                .add("quantity", order.quantity())
                .build();
        try {
            return placed(Refusal.orAnswer(SERVICE, () -> orders.add(json)));
        } catch (RefusedException e) {
            throw e.refusal().is("order-id-taken")
                    ? new DuplicateOrderException(order.orderId(), e)
                    : Refusal.away(SERVICE, e);
        }
    }

    @Override
    public Optional<PlacedOrder> order(UUID orderId) {
        try {
            return Optional.of(placed(Refusal.orAnswer(SERVICE, () -> orders.get(orderId))));
        } catch (RefusedException e) {
            if (e.refusal().is("no-such-order") || e.refusal().is("outcome-unknown")) {
                return Optional.empty();
            }
            throw Refusal.away(SERVICE, e);
        }
    }

    /** The service itself asks in the order that this needs: read, probe, and read once more. */
    @Override
    public boolean isUndecided(UUID orderId) {
        try {
            Refusal.orAnswer(SERVICE, () -> orders.get(orderId));
            return false;
        } catch (RefusedException e) {
            if (e.refusal().is("no-such-order") || e.refusal().is("outcome-unknown")) {
                return e.refusal().is("outcome-unknown");
            }
            throw Refusal.away(SERVICE, e);
        }
    }

    @Override
    public List<PlacedOrder> newestOrders(int limit) {
        return all(Refusal.never(SERVICE, () -> orders.list(limit, null, null)));
    }

    @Override
    public List<PlacedOrder> ordersBefore(PlacedOrder later, int limit) {
        return all(Refusal.never(SERVICE, () -> orders.list(limit, later.orderId(), null)));
    }

    @Override
    public List<PlacedOrder> ordersNamed(String name, int limit) {
        return all(Refusal.never(SERVICE, () -> orders.list(limit, null, name)));
    }

    @Override
    public OrderTotals totals() {
        JsonObject sums = Refusal.never(SERVICE, orders::totals);
        return new OrderTotals(
                sums.getJsonNumber("ordered").longValue(),
                sums.getJsonNumber("orderedByTicket").longValue(),
                sums.getJsonNumber("unended").longValue(),
                sums.getJsonNumber("soldOut").longValue(),
                sums.getInt("undecided"));
    }

    private static List<PlacedOrder> all(JsonArray orders) {
        return orders.getValuesAs(JsonObject.class).stream()
                .map(RemoteOrders::placed)
                .toList();
    }

    private static PlacedOrder placed(JsonObject order) {
        return new PlacedOrder(
                UUID.fromString(order.getString("orderId")),
                order.getString("orderName"),
                Instant.parse(order.getString("createTime")),
                order.getInt("productId"),
                order.getInt("quantity"));
    }
}
