package dev.lockstep.telemetry.control;

import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.propagation.TextMapGetter;
import io.opentelemetry.context.propagation.TextMapPropagator;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Collections;
import java.util.Optional;

/**
 * Makes the spans of requests: Payara makes them for Jakarta REST only.
 *
 * @param tracer makes spans
 * @param propagator reads what trace a request belongs to, {@code traceparent} unless configured otherwise
 */
public record RequestSpans(Tracer tracer, TextMapPropagator propagator) {

    private static final TextMapGetter<HttpServletRequest> HEADERS = new TextMapGetter<>() {
        @Override
        public Iterable<String> keys(HttpServletRequest request) {
            return Collections.list(request.getHeaderNames());
        }

        @Override
        public String get(HttpServletRequest request, String name) {
            return request == null ? null : request.getHeader(name);
        }
    };

    /**
     * Begins the span of a request, in the client's trace if it has one.
     *
     * @param request the request to {@code /api/orders}
     * @return its trace, to be closed by this thread
     */
    public RequestTrace begin(HttpServletRequest request) {
        String path = request.getPathInfo();
        String route = request.getServletPath() + (path == null || path.equals("/") ? "" : "/{orderId}");
        return new RequestTrace(tracer.spanBuilder(request.getMethod() + " " + route)
                .setParent(propagator.extract(Context.root(), request, HEADERS))
                .setSpanKind(SpanKind.SERVER)
                .setAttribute("http.request.method", request.getMethod())
                .setAttribute("http.route", route)
                .setAttribute("url.path", request.getRequestURI())
                .startSpan());
    }

    /**
     * Reads the trace of a request that hands an order over to another thread.
     *
     * @param name of the span that the other thread's work has
     * @param request the request, not needed afterwards
     * @return what begins the span there
     */
    Handover handOver(String name, HttpServletRequest request) {
        Context parent = propagator.extract(Context.root(), request, HEADERS);
        return new Handover(() -> Optional.of(
                new RequestTrace(tracer.spanBuilder(name).setParent(parent).startSpan())));
    }
}
