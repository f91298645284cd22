package dev.lockstep.shop.remote;

import dev.lockstep.databases.WatchedDatabases;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Map;
import javax.sql.DataSource;

/** This server has none, so its console lists flows and no branches. */
@ApplicationScoped
public class NoDatabases implements WatchedDatabases {

    @Override
    public Map<String, DataSource> byName() {
        return Map.of();
    }

    @Override
    public String ofOperators() {
        return "orders";
    }
}
