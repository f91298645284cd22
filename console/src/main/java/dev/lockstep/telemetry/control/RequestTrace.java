package dev.lockstep.telemetry.control;

import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.Scope;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The span of the request that this thread serves, or took over from another, and the branches that work for it. For one thread at a time.
 *
 * <p>OpenTelemetry's current span is a stand-in for it, with the same ids: Payara's servlet container ends the current span before the answer is
 * known ({@code StandardWrapper.service}, 6.2025.10), and nothing ends a stand-in. Calls to other servers are in the request's trace by it.
 */
public final class RequestTrace implements AutoCloseable {

    private static final ThreadLocal<RequestTrace> CURRENT = new ThreadLocal<>();
    private static final int SERVER_ERROR = 500;

    private final Span span;
    private final Stay stay;
    private final Map<String, Span> working = new ConcurrentHashMap<>();
    private boolean isHandedOn;

    RequestTrace(Span span) {
        this.span = span;
        this.stay = enter();
    }

    /** What a thread does until this is closed is done for the request. */
    public static final class Stay implements AutoCloseable {

        private final Scope standIn;

        private Stay(Scope standIn) {
            this.standIn = standIn;
        }

        @Override
        public void close() {
            standIn.close();
            CURRENT.remove();
        }
    }

    /**
     * Lets this thread work for the request, which is handed on.
     *
     * @return its stay, to be closed by this thread
     */
    @SuppressWarnings("MustBeClosedChecker") // the stay's close() does
    public Stay enter() {
        CURRENT.set(this);
        return new Stay(Context.current().with(Span.wrap(span.getSpanContext())).makeCurrent());
    }

    /**
     * Hands the request of this thread on to others, of which one {@linkplain #answeredElsewhere answers} it, or tells that it is
     * {@linkplain #unanswered}.
     *
     * @return the request's trace, if it has one
     */
    public static Optional<RequestTrace> handOn() {
        Optional<RequestTrace> here = current();
        here.ifPresent(trace -> trace.isHandedOn = true);
        return here;
    }

    /** {@return whether another thread will answer; then the response is not this thread's any more} */
    public boolean isHandedOn() {
        return isHandedOn;
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

    /** Notes which transaction this thread works in, as that of a request that shares it with others. */
    public void tellTransaction() {
        String globalId = RequestContext.transaction();
        if (!globalId.isEmpty()) {
            span.setAttribute("lockstep.transaction", globalId);
        }
    }

    /**
     * Notes the answer of another thread, which ends it.
     *
     * @param status its HTTP status
     * @param orderId the order
     */
    public void answeredElsewhere(int status, UUID orderId) {
        span.setAttribute("lockstep.order", orderId.toString());
        answered(status);
        end();
    }

    /** Its client has gone, which ends it. */
    public void unanswered() {
        span.setStatus(StatusCode.ERROR, "the client has gone");
        end();
    }

    /** This thread leaves it. If it is not handed on, it is over. */
    @Override
    public void close() {
        stay.close();
        if (!isHandedOn) {
            end();
        }
    }

    /** With the request goes work whose end nobody was told: that of a connection that broke. */
    private void end() {
        working.values().forEach(work -> {
            work.setStatus(StatusCode.ERROR, "its connection was closed");
            work.end();
        });
        span.end();
    }
}
