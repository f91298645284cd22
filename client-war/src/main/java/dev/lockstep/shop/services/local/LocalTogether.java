package dev.lockstep.shop.services.local;

import dev.lockstep.order.boundary.NewOrder;
import dev.lockstep.order.boundary.OrderService;
import dev.lockstep.order.boundary.PlacedOrder;
import dev.lockstep.product.boundary.ProductService;
import dev.lockstep.product.boundary.Taking;
import dev.lockstep.shop.services.Together;
import jakarta.ejb.EJB;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Both services of this server. */
@ApplicationScoped
public class LocalTogether implements Together {

    @EJB // not @Inject, for the reason told in LocalProducts
    ProductService products;

    @EJB
    OrderService orders;

    @Override
    public List<Taking.Result> decreaseNums(List<Taking> takings) {
        return products.decreaseNums(takings);
    }

    @Override
    public List<Optional<PlacedOrder>> addOrders(List<NewOrder> wanted) {
        return orders.addOrders(wanted);
    }

    @Override
    public List<PlacedOrder> orders(Collection<UUID> orderIds) {
        return orders.orders(orderIds);
    }
}
