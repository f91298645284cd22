package dev.lockstep.flows;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;
import org.eclipse.microprofile.health.Readiness;

/**
 * Tells of flows and peers, and never says no: a server whose peer is away is ready for all else, and a fault of one server must not take the
 * others out of service, too.
 */
@Readiness
@ApplicationScoped
public class FlowReadiness implements HealthCheck {

    private final Flows flows;

    protected FlowReadiness() {
        this(null);
    }

    /**
     * The constructor the container uses.
     *
     * @param flows what is told
     */
    @Inject
    public FlowReadiness(Flows flows) {
        this.flows = flows;
    }

    @Override
    public HealthCheckResponse call() {
        FlowNumbers numbers = flows.numbers();
        HealthCheckResponseBuilder response = HealthCheckResponse.named("flows");
        if (!numbers.peers().isEmpty()) {
            response.withData("open", numbers.open())
                    .withData("waiting", numbers.waiting())
                    .withData("gates parked", numbers.parked());
        }
        numbers.peers().forEach((name, peer) -> response.withData("peer " + name, peer.words()));
        return response.up().build();
    }
}
