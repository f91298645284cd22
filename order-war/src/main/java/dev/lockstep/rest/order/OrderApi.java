package dev.lockstep.rest.order;

import dev.lockstep.web.rest.SameSite;
import jakarta.ws.rs.ApplicationPath;
import jakarta.ws.rs.core.Application;
import java.util.Set;

/** All that answers below {@code /api}. */
@ApplicationPath("/api")
public class OrderApi extends Application {

    @Override
    public Set<Class<?>> getClasses() {
        return Set.of(OrdersResource.class, OrderReader.class, OrderProblems.class, SameSite.class);
    }
}
