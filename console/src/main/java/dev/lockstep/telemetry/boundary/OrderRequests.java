package dev.lockstep.telemetry.boundary;

import dev.lockstep.telemetry.control.RequestContext;
import dev.lockstep.telemetry.control.RequestSpans;
import dev.lockstep.telemetry.control.RequestTrace;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Optional;

/** Requests about orders: they give their log lines a context and, if traces are on, have a span. */
final class OrderRequests extends HttpFilter {

    private static final long serialVersionUID = 1L;

    private final transient Optional<RequestSpans> spans;

    OrderRequests(Optional<RequestSpans> spans) {
        this.spans = spans;
    }

    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        if (spans.isPresent()) {
            try (RequestTrace trace = spans.get().begin(request)) {
                serve(request, response, chain, trace);
            }
        } else {
            RequestContext.begin("");
            try {
                chain.doFilter(request, response);
            } finally {
                RequestContext.end();
            }
        }
    }

    private static void serve(
            HttpServletRequest request, HttpServletResponse response, FilterChain chain, RequestTrace trace)
            throws IOException, ServletException {
        RequestContext.begin(trace.traceId());
        try {
            chain.doFilter(request, response);
            if (!trace.isHandedOn()) {
                trace.answered(response.getStatus());
            }
        } catch (IOException | ServletException | RuntimeException e) {
            trace.failed(e);
            throw e;
        } finally {
            RequestContext.end();
        }
    }
}
