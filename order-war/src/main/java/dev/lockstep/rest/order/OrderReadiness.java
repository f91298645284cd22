package dev.lockstep.rest.order;

import dev.lockstep.order.boundary.OrderService;
import jakarta.ejb.EJB;
import jakarta.ejb.EJBException;
import jakarta.enterprise.context.ApplicationScoped;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/** Ready means: the database answers. */
@Readiness
@ApplicationScoped
public class OrderReadiness implements HealthCheck {

    @EJB
    OrderService orders;

    @Override
    public HealthCheckResponse call() {
        try {
            orders.newestOrders(1);
            return HealthCheckResponse.up("orders database");
        } catch (EJBException e) {
            return HealthCheckResponse.named("orders database")
                    .down()
                    .withData("reason", String.valueOf(e.getMessage()))
                    .build();
        }
    }
}
