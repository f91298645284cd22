package dev.lockstep.shop.ticket.control;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.Initialized;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import org.eclipse.microprofile.metrics.Counter;
import org.eclipse.microprofile.metrics.Metadata;
import org.eclipse.microprofile.metrics.MetricRegistry;
import org.eclipse.microprofile.metrics.MetricUnits;
import org.eclipse.microprofile.metrics.Tag;

/** The tickets as MicroProfile metrics, for Prometheus; these are never reset. */
@ApplicationScoped
public class TicketMeters {

    private static final String TICKETS = "lockstep_tickets_";

    private final MetricRegistry registry;
    private final TicketJournal tickets;
    private final QueueLimit queue;

    /** For the container's proxy. */
    protected TicketMeters() {
        this(null, null, null);
    }

    /**
     * The constructor the container uses.
     *
     * @param registry the application's metrics
     * @param tickets tells of the tickets
     * @param queue counts the tickets that wait
     */
    @Inject
    public TicketMeters(MetricRegistry registry, TicketJournal tickets, QueueLimit queue) {
        this.registry = registry;
        this.tickets = tickets;
        this.queue = queue;
    }

    void begin(@Observes @Initialized(ApplicationScoped.class) Object application) {
        registry.gauge(
                described(TICKETS + "waiting", "Tickets that waited when they were counted last"), queue::waiting);
        registry.gauge(described(TICKETS + "limit", "So many tickets may wait"), queue::max);
        Counter given = registry.counter(described(TICKETS + "given", "Tickets given here"));
        Metadata served = described(TICKETS + "served", "Tickets served here: ready, or sold out");
        Counter ready = registry.counter(served, new Tag("outcome", "ready"));
        Counter soldOut = registry.counter(served, new Tag("outcome", "sold_out"));
        tickets.onGiven(given::inc);
        tickets.onServed(serving -> {
            ready.inc(serving.granted().size());
            soldOut.inc(serving.ticketIds().size() - (long) serving.granted().size());
        });
    }

    private static Metadata described(String name, String description) {
        return Metadata.builder()
                .withName(name)
                .withDescription(description)
                .withUnit(MetricUnits.NONE)
                .build();
    }
}
