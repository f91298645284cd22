package dev.lockstep.telemetry.boundary;

import dev.lockstep.telemetry.control.ContextLogging;
import dev.lockstep.telemetry.control.RequestSpans;
import dev.lockstep.telemetry.control.Tracing;
import jakarta.inject.Inject;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.FilterRegistration;
import jakarta.servlet.ServletContextEvent;
import jakarta.servlet.ServletContextListener;
import jakarta.servlet.annotation.WebListener;
import java.util.EnumSet;
import java.util.Optional;

/** Switches logs with a context on with the application, and traces if the server is told to make them. */
@WebListener
public class TelemetryStart implements ServletContextListener {

    /** The context parameter by which the application names its requests that begin transactions; without it none has a context of its own. */
    private static final String REQUESTS = "dev.lockstep.telemetry.requests";

    private final ContextLogging logging;
    private final Tracing tracing;

    /**
     * The constructor the container uses.
     *
     * @param logging the log lines' context
     * @param tracing the spans
     */
    @Inject
    public TelemetryStart(ContextLogging logging, Tracing tracing) {
        this.logging = logging;
        this.tracing = tracing;
    }

    @Override
    public void contextInitialized(ServletContextEvent event) {
        logging.begin();
        Optional<RequestSpans> spans = Optional.empty();
        if (tracing.isOn()) {
            tracing.begin();
            spans = Optional.of(tracing.requests());
        }
        String requests = event.getServletContext().getInitParameter(REQUESTS);
        if (requests != null) {
            FilterRegistration.Dynamic filter =
                    event.getServletContext().addFilter("order requests", new OrderRequests(spans));
            filter.setAsyncSupported(true);
            // Before all others, so that their lines have the context, too.
            filter.addMappingForUrlPatterns(EnumSet.of(DispatcherType.REQUEST), false, requests);
        }
    }

    @Override
    public void contextDestroyed(ServletContextEvent event) {
        tracing.end();
        logging.end();
    }
}
