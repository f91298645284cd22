package dev.lockstep.flow.wire;

import dev.lockstep.flow.observe.Refusal;
import dev.lockstep.flow.observe.ServerFlows;
import dev.lockstep.flow.trust.NotTrustedException;
import dev.lockstep.flow.trust.Received;
import dev.lockstep.flow.trust.Signatures;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.glassfish.grizzly.filterchain.BaseFilter;
import org.glassfish.grizzly.filterchain.FilterChainContext;
import org.glassfish.grizzly.filterchain.NextAction;
import org.glassfish.grizzly.http.HttpContent;
import org.glassfish.grizzly.http.HttpRequestPacket;
import org.glassfish.grizzly.http.HttpServerFilter;
import org.glassfish.grizzly.http.Protocol;
import org.glassfish.grizzly.http.util.MimeHeaders;

/**
 * The listener's last filter: a complete request becomes a message for the {@link Inbox}, or a problem. What it does here is read, verify and
 * parse; it never waits. One for all connections; thread-safe.
 */
final class WireFilter extends BaseFilter {

    /** The most bytes of a body, either way. */
    static final int BODY_MAX = 16 * 1024;

    static final String MEDIA_TYPE = "application/json";

    private static final Logger LOG = System.getLogger(WireFilter.class.getName());
    private static final String OURS = "lockstep-";

    private final Visitors visitors;
    private final Signatures signatures;
    private final Lanes lanes;
    private final Inbox inbox;

    WireFilter(Visitors visitors, Signatures signatures, Lanes lanes, Inbox inbox) {
        this.visitors = visitors;
        this.signatures = signatures;
        this.lanes = lanes;
        this.inbox = inbox;
    }

    /** A request as it came. */
    private record Request(FilterChainContext context, HttpRequestPacket packet, Visitor visitor) {

        String method() {
            return packet.getMethodDC().toString();
        }

        String path() {
            String path = packet.getRequestURIRef().getRequestURIBC().isNull() ? "" : packet.getRequestURI();
            String query = packet.getQueryString();
            return query == null || query.isEmpty() ? path : path + "?" + query;
        }

        /** Those of ours, by their names in lower case; one that came twice has both values, and is none that anybody signed. */
        Map<String, String> headers() {
            Map<String, String> ours = new HashMap<>();
            MimeHeaders all = packet.getHeaders();
            for (String name : all.names()) {
                String lower = name.toLowerCase(Locale.ROOT);
                if (lower.startsWith(OURS)) {
                    ours.put(lower, String.join(", ", all.values(name)));
                }
            }
            return ours;
        }
    }

    @Override
    public NextAction handleRead(FilterChainContext context) {
        HttpContent content = context.getMessage();
        Optional<Visitor> visitor = visitors.of(context.getConnection());
        if (HttpContent.isBroken(content) || visitor.isEmpty()) {
            return context.getStopAction(); // the codec has refused it, or the connection has gone
        }
        Request request = new Request(context, (HttpRequestPacket) content.getHttpHeader(), visitor.get());
        if (request.packet.getResponse().isCommitted()) {
            return context.getStopAction(); // the rest of a body that was refused
        }
        Optional<WireProblem> refusal = refusalOfHead(request);
        if (refusal.isPresent()) {
            return refuse(request, refusal.get());
        }
        if (request.packet.getContentLength() > BODY_MAX || !visitor.get().add(content.getContent(), BODY_MAX)) {
            ServerFlows.tally().refused(Refusal.OVERSIZED);
            return refuse(request, WireProblem.tooLarge(BODY_MAX));
        }
        return content.isLast() ? complete(request, visitor.get().complete()) : context.getStopAction();
    }

    /** Without waiting for a body, of which some methods have no end. */
    private static Optional<WireProblem> refusalOfHead(Request request) {
        if (request.packet.getProtocol() != Protocol.HTTP_1_1) {
            return Optional.of(HttpCodec.NO_HTTP);
        }
        Optional<Address> address = Address.of(request.path());
        if (address.isEmpty()) {
            return Optional.of(WireProblem.notFound(request.path()));
        }
        String method = address.get().verb().method();
        if (!method.equals(request.method())) {
            request.packet.getResponse().setHeader("Allow", method);
            return Optional.of(WireProblem.methodNotAllowed(request.method(), method));
        }
        return Optional.empty();
    }

    private NextAction complete(Request request, byte[] body) {
        try {
            Received received =
                    signatures.verify(request.method(), request.path(), request.headers(), Signatures.digest(body));
            request.visitor.know();
            return take(
                    request,
                    received,
                    MessageJson.read(Address.of(request.path()).orElseThrow(), body));
        } catch (NotTrustedException e) {
            ServerFlows.tally().refused(e.reason().refusal());
            return refuse(request, WireProblem.notTrusted(e.getMessage()));
        } catch (MalformedException e) {
            ServerFlows.tally().refused(Refusal.MALFORMED);
            return refuse(request, WireProblem.malformed(e.getMessage()));
        }
    }

    private NextAction take(Request request, Received received, Message message) {
        request.context.suspend();
        if (!lanes.take(message, () -> ask(request, received, message))) {
            ServerFlows.tally().refused(Refusal.TOO_MANY);
            refuse(request, WireProblem.tooMany(Lanes.WAITING_MAX));
            request.context.resume(request.context.getStopAction());
        }
        return request.context.getSuspendAction();
    }

    private void ask(Request request, Received received, Message message) {
        try {
            var unused = inbox.on(received.from(), message)
                    .whenComplete((reply, failure) -> answer(request, received, message, reply, failure));
        } catch (RuntimeException e) {
            answer(request, received, message, null, e);
        }
    }

    private void answer(Request request, Received received, Message message, Reply reply, Throwable failure) {
        if (reply != null && Fitting.fits(message, reply)) {
            answer(request, received, reply);
        } else {
            LOG.log(Level.ERROR, "No answer to " + message + " of " + received.from() + ", but " + reply, failure);
            refuse(request, WireProblem.internal());
        }
        request.context.resume(request.context.getStopAction());
    }

    private void answer(Request request, Received received, Reply reply) {
        byte[] body = ReplyJson.write(reply);
        int status = ReplyJson.status(reply);
        request.packet
                .getResponse()
                .setHeader(Signatures.HEADER, signatures.answer(received, status, Map.of(), Signatures.digest(body)));
        send(request, HttpAnswer.of(request.packet.getResponse(), status, MEDIA_TYPE, body), true);
    }

    private NextAction refuse(Request request, WireProblem problem) {
        send(request, HttpAnswer.of(request.packet.getResponse(), problem), false);
        return request.context.getStopAction();
    }

    private void send(Request request, HttpContent answer, boolean isReply) {
        visitors.answered(request.visitor, isReply);
        request.context.write(answer);
        request.context.notifyDownstream(HttpServerFilter.RESPONSE_COMPLETE_EVENT);
    }
}
