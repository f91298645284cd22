package dev.lockstep.console.control;

import jakarta.annotation.Resource;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Map;
import java.util.TreeMap;
import javax.sql.DataSource;

/** Both databases by their participant names, as {@code lockstep.asadmin} sets them. */
@ApplicationScoped
public class ParticipantDatabases {

    @Resource(lookup = "jdbc/product")
    DataSource product;

    @Resource(lookup = "jdbc/orders")
    DataSource orders;

    /** {@return the datasource of each participant} */
    public Map<String, DataSource> byName() {
        return new TreeMap<>(Map.of("orders", orders, "product", product));
    }
}
