package dev.lockstep.telemetry.control;

import dev.lockstep.journal.FlowNews;
import dev.lockstep.journal.Message;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanBuilder;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.Tracer;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/**
 * One span for each message of the protocol, at each end. A call that works has the spans of Jakarta REST already, which pass the trace on
 * in {@code traceparent}; so both ends of the protocol's messages are in the one trace without a word of their own. Thread-safe.
 */
final class FlowSpans implements Consumer<FlowNews> {

    private static final Set<String> NO_SPAN = Set.of("WORK", "EVENTS", "PATIENCE", "IN_DOUBT", "FORGET", "PREPARED");
    private static final Set<String> FAILURES = Set.of("NO_ANSWER", "REFUSED", "UNKNOWN", "NO");
    private static final int OPEN_MAX = 5_000;

    private final Tracer tracer;
    private final TransactionTraces traces;
    private final Map<Key, Span> open = new ConcurrentHashMap<>();

    private record Key(String flow, String kind, String peer, boolean isSent) {

        static Key of(FlowNews news) {
            Message message = news.message();
            return new Key(news.flow(), message.kind(), message.peer(), message.isSent());
        }
    }

    FlowSpans(Tracer tracer, TransactionTraces traces) {
        this.tracer = tracer;
        this.traces = traces;
    }

    @Override
    public void accept(FlowNews news) {
        Message message = news.message();
        if (NO_SPAN.contains(message.kind())) {
            traces.parent(news.globalId()); // is remembered
            return;
        }
        if (!message.isOpen()) {
            Span span = open.remove(Key.of(news));
            if (span != null) {
                end(span, message);
            }
        } else if (open.size() < OPEN_MAX) {
            open.put(Key.of(news), begin(news));
        }
    }

    private Span begin(FlowNews news) {
        Message message = news.message();
        String way = message.isSent() ? " to " : " from ";
        SpanBuilder builder = tracer.spanBuilder(message.kind().toLowerCase(Locale.ROOT) + way + message.peer())
                .setParent(traces.parent(news.globalId()))
                .setSpanKind(message.isSent() ? SpanKind.CLIENT : SpanKind.SERVER)
                .setAttribute("lockstep.flow", news.flow())
                .setAttribute("lockstep.transaction", news.globalId())
                .setAttribute("lockstep.peer", message.peer());
        if (!news.handle().isEmpty()) {
            builder.setAttribute("lockstep.handle", news.handle());
        }
        return builder.startSpan();
    }

    private static void end(Span span, Message message) {
        span.setAttribute("lockstep.outcome", message.outcome());
        if (FAILURES.contains(message.outcome())) {
            span.setStatus(StatusCode.ERROR, message.reason().isEmpty() ? message.outcome() : message.reason());
        }
        span.end();
    }
}
