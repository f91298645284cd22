package dev.lockstep.shop.order;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.Initialized;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import org.eclipse.microprofile.metrics.Metadata;
import org.eclipse.microprofile.metrics.MetricRegistry;
import org.eclipse.microprofile.metrics.MetricUnits;

/** The orders that wait for a commit as MicroProfile metrics, for Prometheus. */
@ApplicationScoped
public class OrderMeters {

    private final MetricRegistry registry;
    private final OrderQueue queue;

    /** For the container's proxy. */
    protected OrderMeters() {
        this(null, null);
    }

    /**
     * The constructor the container uses.
     *
     * @param registry the application's metrics
     * @param queue has the orders that wait
     */
    @Inject
    public OrderMeters(MetricRegistry registry, OrderQueue queue) {
        this.registry = registry;
        this.queue = queue;
    }

    void begin(@Observes @Initialized(ApplicationScoped.class) Object application) {
        registry.gauge(described("lockstep_orders_waiting", "Orders that wait for a commit"), queue::waiting);
        registry.gauge(described("lockstep_orders_limit", "So many orders may wait"), queue::waitingMax);
    }

    private static Metadata described(String name, String description) {
        return Metadata.builder()
                .withName(name)
                .withDescription(description)
                .withUnit(MetricUnits.NONE)
                .build();
    }
}
