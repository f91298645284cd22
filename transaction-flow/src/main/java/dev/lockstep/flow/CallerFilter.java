package dev.lockstep.flow;

import dev.lockstep.flow.server.FlowRefusedException;
import dev.lockstep.flow.server.FlowServer;
import dev.lockstep.flow.server.FlowServer.OutgoingCall;
import jakarta.ws.rs.ProcessingException;
import jakarta.ws.rs.client.ClientRequestContext;
import jakarta.ws.rs.client.ClientRequestFilter;
import jakarta.ws.rs.client.ClientResponseContext;
import jakarta.ws.rs.client.ClientResponseFilter;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.WriterInterceptor;
import jakarta.ws.rs.ext.WriterInterceptorContext;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Optional;

/**
 * Around a call: lets it carry this thread's transaction. The headers need the body's digest, so they are added when the whole body is known and
 * before its first byte is sent.
 */
final class CallerFilter implements ClientRequestFilter, WriterInterceptor, ClientResponseFilter {

    /** Jersey's name, on Payara; a callee that redirects would be called twice, or somebody else in its place. */
    private static final String FOLLOW_REDIRECTS = "jersey.config.client.followRedirects";

    private static final String PROPERTY = "dev.lockstep.flow.call";
    private static final byte[] NO_BODY = {};

    private final CallerRule rule;
    private final BodyLimit limit;
    private final FlowServer server;

    CallerFilter(CallerRule rule, BodyLimit limit, FlowServer server) {
        this.rule = rule;
        this.limit = limit;
        this.server = server;
    }

    /**
     * A call on its way.
     *
     * @param method the HTTP method
     * @param pathAndQuery where to
     * @param call what signs it
     */
    private record Sent(String method, String pathAndQuery, OutgoingCall call) {}

    @Override
    public void filter(ClientRequestContext request) {
        if (!server.isOn()) {
            new CallerWithoutFlows(rule).filter(request);
            return;
        }
        if (rule.option(request) == TransactionFlowOption.NOT_ALLOWED) {
            return;
        }
        TransactionScope.requireNotComplete(request.getMethod() + " " + request.getUri());
        Optional<OutgoingCall> call = call(request);
        if (call.isEmpty()) {
            rule.requireNoneNeeded(request);
            return;
        }
        Sent sent = new Sent(request.getMethod(), FlowHeaders.pathAndQuery(request.getUri()), call.get());
        request.setProperty(PROPERTY, sent);
        request.setProperty(FOLLOW_REDIRECTS, false);
        if (!request.hasEntity()) {
            call.get()
                    .headers(sent.method(), sent.pathAndQuery(), BodyLimit.digest(NO_BODY))
                    .forEach(request.getHeaders()::putSingle);
        }
    }

    private Optional<OutgoingCall> call(ClientRequestContext request) {
        try {
            return server.call(request.getUri());
        } catch (FlowRefusedException e) {
            throw new ProcessingException(
                    request.getMethod() + " " + request.getUri() + " was not sent: " + e.getMessage(), e);
        }
    }

    @Override
    public void aroundWriteTo(WriterInterceptorContext request) throws IOException {
        if (!(request.getProperty(PROPERTY) instanceof Sent sent)) {
            request.proceed();
            return;
        }
        OutputStream wire = request.getOutputStream();
        BoundedBody body = new BoundedBody(limit);
        request.setOutputStream(body);
        request.proceed();
        sent.call()
                .headers(sent.method(), sent.pathAndQuery(), BodyLimit.digest(body.toByteArray()))
                .forEach(request.getHeaders()::putSingle);
        body.writeTo(wire);
    }

    @Override
    public void filter(ClientRequestContext request, ClientResponseContext response) {
        if (!(request.getProperty(PROPERTY) instanceof Sent sent)) {
            return;
        }
        request.removeProperty(PROPERTY);
        if (response.getStatusInfo().getFamily() == Response.Status.Family.REDIRECTION) {
            sent.call().unanswered(); // the work is elsewhere, and was not done
        } else {
            sent.call()
                    .answered(
                            response.getStatus(),
                            FlowHeaders.of(response.getHeaders().keySet(), response::getHeaderString));
        }
    }
}
