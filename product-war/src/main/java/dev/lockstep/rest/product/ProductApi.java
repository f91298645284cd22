package dev.lockstep.rest.product;

import dev.lockstep.web.rest.SameSite;
import jakarta.ws.rs.ApplicationPath;
import jakarta.ws.rs.core.Application;
import java.util.Set;

/** All that answers below {@code /api}. */
@ApplicationPath("/api")
public class ProductApi extends Application {

    @Override
    public Set<Class<?>> getClasses() {
        return Set.of(StockResource.class, StockProblems.class, SameSite.class);
    }
}
