package dev.lockstep.shop.doctor;

import dev.lockstep.databases.WatchedDatabases;
import dev.lockstep.doctor.ParticipantDatabase;
import dev.lockstep.doctor.Participants;
import dev.lockstep.order.boundary.OrderRehearsal;
import dev.lockstep.order.ticket.Attempts;
import dev.lockstep.product.boundary.StockRehearsal;
import dev.lockstep.shop.order.SharingLimits;
import dev.lockstep.shop.order.TransactionTimeout;
import dev.lockstep.shop.services.local.ServicesHere;
import dev.lockstep.shop.ticket.control.QueueLimit;
import dev.lockstep.web.door.control.HostNames;
import dev.lockstep.web.stream.OrderNames;
import jakarta.annotation.Resource;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
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
        return wrongSettings(System.getenv());
    }

    /**
     * Reads all settings that the shop reads.
     *
     * @param environment the process's environment
     * @return what is wrong, each with name, value and limit
     */
    public static List<String> wrongSettings(Map<String, String> environment) {
        List<Consumer<Map<String, String>>> readings = List.of(
                HostNames::of,
                TransactionTimeout::of,
                SharingLimits::of,
                QueueLimit::max,
                Attempts::from,
                OrderNames::areForEverybody,
                ServicesHere::require);
        List<String> wrong = new ArrayList<>();
        for (Consumer<Map<String, String>> reading : readings) {
            try {
                reading.accept(environment);
            } catch (IllegalArgumentException e) {
                wrong.add(e.getMessage());
            }
        }
        return wrong;
    }
}
