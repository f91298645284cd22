package dev.lockstep.shop.remote;

import dev.lockstep.shop.services.Orders;
import dev.lockstep.shop.services.Products;
import jakarta.ejb.EJBException;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;
import org.eclipse.microprofile.health.Readiness;

/** Ready means: both services answer, and so do their databases. */
@Readiness
@ApplicationScoped
public class ServicesReadiness implements HealthCheck {

    private final Products products;
    private final Orders orders;

    protected ServicesReadiness() {
        this(null, null);
    }

    /**
     * The constructor the container uses.
     *
     * @param products the product service
     * @param orders the order service
     */
    @Inject
    public ServicesReadiness(Products products, Orders orders) {
        this.products = products;
        this.orders = orders;
    }

    @Override
    public HealthCheckResponse call() {
        HealthCheckResponseBuilder response = HealthCheckResponse.named("services");
        boolean isReady = answers("product", () -> products.page(Integer.MIN_VALUE, 1), response);
        isReady &= answers("order", () -> orders.newestOrders(1), response);
        return response.status(isReady).build();
    }

    private static boolean answers(String service, Runnable question, HealthCheckResponseBuilder response) {
        try {
            question.run();
            response.withData(service, "answers");
            return true;
        } catch (EJBException e) {
            response.withData(service, String.valueOf(e.getMessage()));
            return false;
        }
    }
}
