package dev.lockstep.telemetry.control;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.journal.FlowNews;
import dev.lockstep.journal.Message;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.TraceFlags;
import io.opentelemetry.api.trace.TraceState;
import io.opentelemetry.api.trace.TracerProvider;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.Scope;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What log lines and spans tell of a flow's messages. */
class FlowContextTest {

    private static final String TRACE = "0af7651916cd43dd8448eb211c80319c";
    private static final Span SERVERS_SPAN =
            Span.wrap(SpanContext.create(TRACE, "b7ad6b7169203331", TraceFlags.getSampled(), TraceState.getDefault()));

    private final TransactionTraces traces = new TransactionTraces();

    @AfterEach
    void nothingIsKnownOfTheNextThread() {
        RequestContext.end();
    }

    private static FlowNews news(String kind, String peer, boolean isSent, boolean isOpen) {
        Instant now = Instant.EPOCH;
        Message message = new Message(kind, peer, isSent, 0, now, isOpen ? null : now, isOpen ? "" : "DONE", "");
        return new FlowNews("f", "order", "h", "4871251_x", message, List.of());
    }

    @Test
    void callThatCameFromAPeer_hasItsFlow_untilItIsAnswered() {
        try (Scope request = SERVERS_SPAN.makeCurrent()) {
            assertThat(request).isNotNull();
            RequestContext.note(news("WORK", "client", false, true));
        }
        assertThat(RequestContext.facts())
                .isEqualTo(Map.of("flow", "f", "handle", "h", "peer", "client", "traceId", TRACE));
        RequestContext.note(news("WORK", "client", false, false));
        assertThat(RequestContext.facts()).isEmpty();
    }

    @Test
    void messageThatIsSent_hasItsPeer_untilItsAnswerComes() {
        RequestContext.begin("");
        RequestContext.note(news("PREPARE", "product", true, true));
        assertThat(RequestContext.facts()).containsEntry("peer", "product");
        RequestContext.note(news("PREPARE", "product", true, false));
        assertThat(RequestContext.facts()).isEqualTo(Map.of("flow", "f", "handle", "h"));
    }

    /** A pool's thread may have been left by one whose answer another thread had to give. */
    @Test
    void nextMessageThatComes_hasNothingOfTheLast() {
        RequestContext.note(news("PREPARE", "client", false, true));
        RequestContext.note(news("PREPARE", "shop", false, true));
        assertThat(RequestContext.facts()).containsEntry("peer", "shop");
    }

    @Test
    void transaction_staysInItsRequestsTrace_onWhicheverThread() {
        try (Scope request = SERVERS_SPAN.makeCurrent()) {
            assertThat(request).isNotNull();
            assertThat(traceOf(traces.parent("4871251_x"))).isEqualTo(TRACE);
        }
        assertThat(traceOf(traces.parent("4871251_x"))).isEqualTo(TRACE);
        assertThat(traceOf(traces.parent("4871251_other")))
                .isEqualTo(SpanContext.getInvalid().getTraceId());
    }

    /** As Jakarta REST's client passes it on in {@code traceparent}. */
    @Test
    void servletsRequest_isTheCurrentSpan_forTheCallsItMakes_andNothingCanEndIt() {
        RequestTrace trace = new RequestTrace(TracerProvider.noop()
                .get("")
                .spanBuilder("POST /api/orders")
                .setParent(Context.root().with(SERVERS_SPAN))
                .startSpan());
        assertThat(Span.current().getSpanContext().getTraceId()).isEqualTo(TRACE);
        assertThat(Span.current().isRecording()).isFalse();
        trace.close();
        assertThat(Span.current().getSpanContext().isValid()).isFalse();
    }

    /** An order that waits for others has no thread for a while, and then one that serves several. */
    @Test
    void requestThatIsHandedOn_leavesItsThread_andIsWorkedForByAnother() {
        RequestTrace trace = new RequestTrace(TracerProvider.noop()
                .get("")
                .spanBuilder("POST /api/orders")
                .setParent(Context.root().with(SERVERS_SPAN))
                .startSpan());
        assertThat(RequestTrace.handOn()).containsSame(trace);
        trace.close();
        assertThat(trace.isHandedOn()).isTrue();
        assertThat(RequestTrace.handOn()).isEmpty();
        CompletableFuture.runAsync(() -> {
                    try (RequestTrace.Stay stay = trace.enter()) {
                        assertThat(stay).isNotNull();
                        assertThat(RequestTrace.current()).containsSame(trace);
                        assertThat(Span.current().getSpanContext().getTraceId()).isEqualTo(TRACE);
                    }
                    assertThat(RequestTrace.current()).isEmpty();
                    assertThat(Span.current().getSpanContext().isValid()).isFalse();
                })
                .join();
    }

    private static String traceOf(Context context) {
        return Span.fromContext(context).getSpanContext().getTraceId();
    }
}
