package dev.lockstep.shop.services.local;

import dev.lockstep.order.boundary.NewOrder;
import dev.lockstep.order.boundary.OrderService;
import dev.lockstep.order.boundary.OrderTotals;
import dev.lockstep.order.boundary.PlacedOrder;
import dev.lockstep.shop.services.Orders;
import jakarta.ejb.EJB;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** The order service of this server. */
@ApplicationScoped
public class LocalOrders implements Orders {

    @EJB // not @Inject, for the reason told in LocalProducts
    OrderService orders;

    @Override
    public PlacedOrder addOrder(NewOrder order) {
        return orders.addOrder(order);
    }

    @Override
    public Optional<PlacedOrder> order(UUID orderId) {
        return orders.order(orderId);
    }

    @Override
    public boolean isUndecided(UUID orderId) {
        return orders.isUndecided(orderId);
    }

    @Override
    public List<PlacedOrder> newestOrders(int limit) {
        return orders.newestOrders(limit);
    }

    @Override
    public List<PlacedOrder> ordersBefore(PlacedOrder later, int limit) {
        return orders.ordersBefore(later, limit);
    }

    @Override
    public List<PlacedOrder> ordersNamed(String name, int limit) {
        return orders.ordersNamed(name, limit);
    }

    @Override
    public OrderTotals totals() {
        return orders.totals();
    }
}
