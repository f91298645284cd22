package dev.lockstep.rest.product;

import dev.lockstep.product.boundary.Catalogue;
import jakarta.ejb.EJB;
import jakarta.ejb.EJBException;
import jakarta.enterprise.context.ApplicationScoped;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/** Ready means: the database answers. */
@Readiness
@ApplicationScoped
public class ProductReadiness implements HealthCheck {

    @EJB
    Catalogue catalogue;

    @Override
    public HealthCheckResponse call() {
        try {
            catalogue.page(Integer.MIN_VALUE, 1);
            return HealthCheckResponse.up("product database");
        } catch (EJBException e) {
            return HealthCheckResponse.named("product database")
                    .down()
                    .withData("reason", String.valueOf(e.getMessage()))
                    .build();
        }
    }
}
