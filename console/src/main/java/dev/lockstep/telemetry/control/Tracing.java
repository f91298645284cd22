package dev.lockstep.telemetry.control;

import dev.lockstep.flows.Flows;
import dev.lockstep.participant.observe.Transactions;
import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.trace.Tracer;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Optional;
import org.eclipse.microprofile.config.Config;

/** The spans of this application, where MicroProfile Telemetry is switched on; else nothing of it exists. */
@ApplicationScoped
public class Tracing {

    private final Config config;
    private final Instance<OpenTelemetry> telemetry;
    private final Flows flows;
    private TransactionSpans transactions;
    private FlowSpans messages;

    protected Tracing() {
        this(null, null, null);
    }

    /**
     * The constructor the container uses.
     *
     * @param config tells whether telemetry is on; Payara's looks the same on and off
     * @param telemetry the server's
     * @param flows tells of the messages between servers
     */
    @Inject
    public Tracing(Config config, Instance<OpenTelemetry> telemetry, Flows flows) {
        this.config = config;
        this.telemetry = telemetry;
        this.flows = flows;
    }

    /** {@return whether spans are made, which is off by default as MicroProfile Telemetry wants it} */
    public boolean isOn() {
        return config.getOptionalValue("otel.sdk.disabled", Boolean.class)
                .map(isDisabled -> !isDisabled)
                .orElse(false);
    }

    /** Begins to make spans of transactions. Precondition: it is on. */
    public void begin() {
        TransactionTraces traces = new TransactionTraces();
        transactions = new TransactionSpans(tracer(), traces);
        messages = new FlowSpans(tracer(), traces);
        Transactions.listen(transactions);
        flows.onNews(messages);
    }

    /** Ends, also what has not begun. */
    public void end() {
        if (transactions != null) {
            Transactions.stopListening(transactions);
            flows.stopListening(messages);
        }
    }

    /** {@return what makes the spans of requests} */
    public RequestSpans requests() {
        return new RequestSpans(tracer(), telemetry.get().getPropagators().getTextMapPropagator());
    }

    /**
     * Prepares for an order to be placed on another thread than its request's.
     *
     * @param name what that is called in traces
     * @param request the request, not needed afterwards
     * @return what the other thread begins with
     */
    public Handover handOver(String name, HttpServletRequest request) {
        return isOn() ? requests().handOver(name, request) : new Handover(Optional::empty);
    }

    private Tracer tracer() {
        return telemetry.get().getTracer("dev.lockstep");
    }
}
