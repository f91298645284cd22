package dev.lockstep.telemetry.control;

import dev.lockstep.participant.observe.Result;
import dev.lockstep.participant.observe.TransactionEvent;
import dev.lockstep.participant.observe.TransactionEvent.Kind;
import dev.lockstep.participant.observe.TransactionEvent.Moment;
import dev.lockstep.participant.observe.TransactionListener;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanBuilder;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.Tracer;
import java.util.Locale;

/**
 * One span for each phase of each branch, under the request's. What a thread does without a request is under that of the transaction's
 * request, if it flowed here. Else, as the resolver's, it gets spans of its own, which {@code lockstep.transaction} links to the others. A step ends in the thread that begins it, before the next.
 */
final class TransactionSpans implements TransactionListener {

    private static final ThreadLocal<Span> STEP = new ThreadLocal<>();

    private final Tracer tracer;
    private final TransactionTraces traces;

    TransactionSpans(Tracer tracer, TransactionTraces traces) {
        this.tracer = tracer;
        this.traces = traces;
    }

    @Override
    public void onEvent(TransactionEvent event) {
        switch (event.kind()) {
            case START, END -> {
                traces.parent(event.globalId()); // is remembered
                RequestTrace.current().ifPresent(request -> work(request, event));
            }
            case PREPARE, DECISION, COMMIT, ROLLBACK, RESOLVE -> step(event);
            case FORGET -> {
                // A batch long after its transactions: nobody waits for it.
            }
        }
    }

    /** From START to END, with the application's own work in between; the end of work that does not start is no end. */
    private void work(RequestTrace request, TransactionEvent event) {
        String branch = event.globalId() + event.branch();
        if (event.kind() == Kind.START && event.moment() == Moment.BEFORE) {
            request.open(branch, begin(event, SpanKind.INTERNAL));
        } else if (event.moment() == Moment.AFTER && (event.kind() == Kind.END || event.isFailure())) {
            request.take(branch).ifPresent(span -> end(span, event));
        }
    }

    private void step(TransactionEvent event) {
        if (event.moment() == Moment.BEFORE) {
            STEP.set(begin(event, SpanKind.CLIENT));
            return;
        }
        Span span = STEP.get();
        if (span != null) {
            STEP.remove();
            end(span, event);
        }
    }

    private Span begin(TransactionEvent event, SpanKind kind) {
        String phase = Phase.of(event.kind()).toLowerCase(Locale.ROOT);
        SpanBuilder builder = tracer.spanBuilder(phase + " " + event.participant())
                .setParent(traces.parent(event.globalId()))
                .setSpanKind(kind)
                .setAttribute("lockstep.transaction", event.globalId())
                .setAttribute("lockstep.participant", event.participant())
                .setAttribute("lockstep.branch", event.branch())
                .setAttribute("db.system", "postgresql");
        String order = RequestContext.order();
        if (!order.isEmpty()) {
            builder.setAttribute("lockstep.order", order);
        }
        return builder.startSpan();
    }

    private static void end(Span span, TransactionEvent event) {
        if (event.result() != Result.NONE) {
            span.setAttribute("lockstep.outcome", event.outcome());
        }
        if (event.isFailure()) {
            span.setStatus(StatusCode.ERROR, event.detail().isEmpty() ? event.outcome() : event.detail());
        }
        span.end();
    }
}
