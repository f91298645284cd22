package dev.lockstep.lab.remote;

import dev.lockstep.lab.hold.control.Hold;
import dev.lockstep.lab.hold.control.OtherReader;
import dev.lockstep.lab.hold.control.Reading;
import dev.lockstep.lab.hold.control.Writers;
import dev.lockstep.product.boundary.StockItem;
import dev.lockstep.shop.services.Orders;
import dev.lockstep.shop.services.Products;
import jakarta.ejb.EJBException;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/** Asks the services, as any other client would; who has a row locked they do not tell. */
@ApplicationScoped
public class RemoteReader implements OtherReader {

    private final Products products;
    private final Orders orders;

    protected RemoteReader() {
        this(null, null);
    }

    /**
     * The constructor the container uses.
     *
     * @param products the product service
     * @param orders the order service
     */
    @Inject
    public RemoteReader(Products products, Orders orders) {
        this.products = products;
        this.orders = orders;
    }

    @Override
    public Reading read(Hold hold) throws SQLException {
        try {
            Optional<Integer> stock = products.these(List.of(hold.order().productId())).stream()
                    .map(StockItem::productNums)
                    .findFirst();
            return new Reading(
                    stock, Optional.empty(), orders.order(hold.orderId()).isPresent(), Optional.empty());
        } catch (EJBException e) {
            throw new SQLException(e.getMessage(), e);
        }
    }

    @Override
    public Writers writers() {
        return new Writers("", "");
    }

    @Override
    public boolean isWherePrepared() {
        return false;
    }
}
