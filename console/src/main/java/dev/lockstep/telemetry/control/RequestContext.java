package dev.lockstep.telemetry.control;

import dev.lockstep.journal.FlowNews;
import dev.lockstep.journal.Message;
import dev.lockstep.participant.observe.TransactionEvent;
import dev.lockstep.participant.observe.TransactionEvent.Kind;
import dev.lockstep.participant.observe.TransactionEvent.Moment;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanContext;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;

/**
 * What the log lines of a thread are about: the order of a request and how far its transaction has come, or the branch that the resolver
 * settles. Each instance belongs to one thread.
 *
 * <p>The phase stays until the next begins. The participant is the one that the step under way is about; between the steps there is none,
 * and during the work it is all that have joined, as nobody tells which one a statement is for. A step that failed comes back after every
 * later one, since the lines that follow are about it, until the next transaction.
 */
public final class RequestContext {

    private static final ThreadLocal<RequestContext> CURRENT = new ThreadLocal<>();

    private final boolean isRequest;
    private final String traceId;
    private String orderId = "";
    private String globalId = "";
    private String joined = "";
    private String participant = "";
    private String phase = "";
    private String failedParticipant = "";
    private String failedPhase = "";
    private String flow = "";
    private String handle = "";
    private String peer = "";

    /** The message whose coming began this, if no request of our own did. */
    private String arrival = "";

    private RequestContext(boolean isRequest, String traceId) {
        this.isRequest = isRequest;
        this.traceId = traceId;
    }

    /**
     * Begins a request on this thread, which must {@link #end} it.
     *
     * @param traceId its trace, empty if there is none
     */
    public static void begin(String traceId) {
        CURRENT.set(new RequestContext(true, traceId));
    }

    /** The request of this thread is over. */
    public static void end() {
        CURRENT.remove();
    }

    /**
     * Says which order the request of this thread is about; without a request this does nothing.
     *
     * @param orderId the order
     */
    public static void isAbout(UUID orderId) {
        RequestContext current = CURRENT.get();
        if (current != null) {
            current.orderId = orderId.toString();
        }
    }

    /** {@return the order of this thread's request, empty if there is none} */
    static String order() {
        RequestContext current = CURRENT.get();
        return current == null ? "" : current.orderId;
    }

    /** {@return the transaction that this thread is, or was, in for its request; empty if there is none} */
    static String transaction() {
        RequestContext current = CURRENT.get();
        return current == null ? "" : current.globalId;
    }

    /** {@return what is known of this thread's work, by name, in a fixed order} */
    static Map<String, String> facts() {
        RequestContext current = CURRENT.get();
        return current == null ? Map.of() : current.known();
    }

    private Map<String, String> known() {
        Map<String, String> facts = new LinkedHashMap<>();
        facts.put("orderId", orderId);
        facts.put("globalId", globalId);
        facts.put("participant", participant);
        facts.put("phase", phase);
        facts.put("flow", flow);
        facts.put("handle", handle);
        facts.put("peer", peer);
        facts.put("traceId", traceId);
        facts.values().removeIf(String::isEmpty);
        return facts;
    }

    /**
     * Takes note of a step of this thread. Outside of requests, a step is known from its beginning to its end.
     *
     * @param event the step
     */
    static void note(TransactionEvent event) {
        if (event.kind() == Kind.FORGET) {
            return; // whole batches of them, of which no line tells
        }
        RequestContext current = CURRENT.get();
        if (current == null) {
            if (event.moment() == Moment.AFTER) {
                return;
            }
            current = new RequestContext(false, "");
            CURRENT.set(current);
        }
        if (event.moment() == Moment.BEFORE) {
            current.enter(event);
        } else if (current.isRequest) {
            current.leave(event);
        } else {
            CURRENT.remove();
        }
    }

    /**
     * Takes note of a message between this server and a peer. What comes without a request of our own, such as a call to Jakarta REST, has a
     * context until it is answered. What is sent has the peer in its context until its answer comes.
     *
     * @param news the message
     */
    static void note(FlowNews news) {
        Message message = news.message();
        String name = message.kind() + message.isSent() + message.peer();
        RequestContext current = CURRENT.get();
        if (!message.isOpen()) {
            if (current != null && current.arrival.equals(name)) {
                CURRENT.remove();
            } else if (current != null && message.isSent()) {
                current.peer = "";
            }
            return;
        }
        if (current == null || (!message.isSent() && !current.arrival.isEmpty())) {
            SpanContext trace = Span.current().getSpanContext();
            current = new RequestContext(true, trace.isValid() ? trace.getTraceId() : "");
            current.arrival = name;
            CURRENT.set(current);
        }
        current.flow = news.flow();
        current.handle = news.handle().isEmpty() ? current.handle : news.handle();
        current.peer = message.peer();
    }

    private void enter(TransactionEvent event) {
        if (!event.globalId().equals(globalId)) {
            globalId = event.globalId();
            joined = "";
            failedPhase = "";
            failedParticipant = "";
        }
        if (event.kind() == Kind.START) {
            joined = joined.isEmpty() ? event.participant() : joined + "," + event.participant();
        }
        participant = Phase.isWork(event.kind()) ? joined : event.participant();
        phase = Phase.of(event.kind());
    }

    private void leave(TransactionEvent event) {
        if (event.isFailure() && failedPhase.isEmpty()) {
            failedParticipant = event.participant();
            failedPhase = Phase.of(event.kind());
        }
        if (!failedPhase.isEmpty()) {
            participant = failedParticipant;
            phase = failedPhase;
        } else if (!Phase.isWork(event.kind())) {
            participant = "";
        }
    }
}
