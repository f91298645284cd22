package dev.lockstep.shop.doctor;

import dev.lockstep.databases.WatchedDatabases;
import dev.lockstep.doctor.ParticipantDatabase;
import dev.lockstep.doctor.Participants;
import dev.lockstep.order.boundary.OrderRehearsal;
import dev.lockstep.order.ticket.Attempts;
import dev.lockstep.product.boundary.StockRehearsal;
import jakarta.annotation.Resource;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;

/** Both databases, by the datasources the services use, and the settings of the services. */
@ApplicationScoped
public class ShopDatabases implements Participants, WatchedDatabases {

    @Resource(lookup = "jdbc/product")
    DataSource product;

    @Resource(lookup = "jdbc/orders")
    DataSource orders;

    @Override
    public List<ParticipantDatabase> all() {
        return List.of(
                new ParticipantDatabase("product", StockRehearsal.table(), StockRehearsal.statement(), product),
                new ParticipantDatabase("orders", OrderRehearsal.table(), OrderRehearsal.statement(), orders));
    }

    @Override
    public Map<String, DataSource> byName() {
        return Map.of("product", product, "orders", orders);
    }

    @Override
    public String ofOperators() {
        return "orders";
    }

    @Override
    public List<String> wrongSettings() {
        try {
            Attempts.from(System.getenv());
            return List.of();
        } catch (IllegalArgumentException e) {
            return List.of(e.getMessage());
        }
    }
}
