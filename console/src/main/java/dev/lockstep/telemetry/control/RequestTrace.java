package dev.lockstep.telemetry.control;

import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.Scope;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The span of the request that this thread serves, or took over from another, and the branches that work for it. For its thread alone.
 *
 * <p>OpenTelemetry's current span is a stand-in for it, with the same ids: Payara's servlet container ends the current span before the answer is
 * known ({@code StandardWrapper.service}, 6.2025.10), and nothing ends a stand-in. Calls to other servers are in the request's trace by it.
 */
public final class RequestTrace implements AutoCloseable {

    private static final ThreadLocal<RequestTrace> CURRENT = new ThreadLocal<>();
    private static final int SERVER_ERROR = 500;

    private final Span span;
    private final Scope standIn;
    private final Map<String, Span> working = new HashMap<>();

    @SuppressWarnings("MustBeClosedChecker") // close() does
    RequestTrace(Span span) {
        this.span = span;
        this.standIn = Context.current().with(Span.wrap(span.getSpanContext())).makeCurrent();
        CURRENT.set(this);
    }

    static Optional<RequestTrace> current() {
        return Optional.ofNullable(CURRENT.get());
    }

    /** {@return what its steps are under} */
    Context context() {
        return Context.root().with(span);
    }

    /** {@return the trace's id, 32 hexadecimal digits} */
    public String traceId() {
        return span.getSpanContext().getTraceId();
    }

    /**
     * Notes the answer.
     *
     * @param status its HTTP status
     */
    public void answered(int status) {
        span.setAttribute("http.response.status_code", status);
        if (status >= SERVER_ERROR) {
            span.setStatus(StatusCode.ERROR);
        }
        tellOrder();
    }

    /**
     * Notes what came of work that has no answer of its own.
     *
     * @param outcome in a word
     * @param isFailure whether that is an error of the server's
     */
    void ended(String outcome, boolean isFailure) {
        span.setAttribute("lockstep.outcome", outcome);
        if (isFailure) {
            span.setStatus(StatusCode.ERROR);
        }
        tellOrder();
    }

    private void tellOrder() {
        String order = RequestContext.order();
        if (!order.isEmpty()) {
            span.setAttribute("lockstep.order", order);
        }
    }

    /**
     * Notes that there is no answer.
     *
     * @param reason why
     */
    public void failed(Exception reason) {
        span.recordException(reason);
        span.setStatus(StatusCode.ERROR);
    }

    void open(String branch, Span work) {
        working.put(branch, work);
    }

    Optional<Span> take(String branch) {
        return Optional.ofNullable(working.remove(branch));
    }

    /** The request is over, and with it work whose end nobody was told: that of a connection that broke. */
    @Override
    public void close() {
        working.values().forEach(work -> {
            work.setStatus(StatusCode.ERROR, "its connection was closed");
            work.end();
        });
        standIn.close();
        span.end();
        CURRENT.remove();
    }
}
