package dev.lockstep.flow;

import dev.lockstep.flow.server.FlowRefusedException;
import dev.lockstep.flow.server.FlowServer;
import dev.lockstep.flow.server.FlowServer.WorkCall;
import dev.lockstep.flow.server.FlowServer.WorkRequest;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.container.ContainerResponseFilter;
import jakarta.ws.rs.core.StreamingOutput;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;

/**
 * Before and after a resource method: lets it work in its caller's transaction. The transaction is left before the answer is written, as its status and
 * headers are signed; so nothing of it may be streamed.
 */
final class CalleeFilter implements ContainerRequestFilter, ContainerResponseFilter {

    private final CalleeRule rule;
    private final BodyLimit limit;
    private final String application;
    private final FlowServer server;

    CalleeFilter(CalleeRule rule, BodyLimit limit, String application, FlowServer server) {
        this.rule = rule;
        this.limit = limit;
        this.application = application;
        this.server = server;
    }

    @Override
    public void filter(ContainerRequestContext request) throws IOException {
        boolean bearsFlow = request.getHeaders().keySet().stream().anyMatch(FlowHeaders::isFlow);
        Optional<FlowProblem> refusal = rule.refusal(bearsFlow, bearsFlow && server.isOn());
        if (refusal.isEmpty() && bearsFlow) {
            refusal = enter(request);
        }
        refusal.map(FlowProblem::response).ifPresent(request::abortWith);
    }

    private Optional<FlowProblem> enter(ContainerRequestContext request) throws IOException {
        Optional<byte[]> body = limit.read(request.getLength(), request.getEntityStream());
        if (body.isEmpty()) {
            return Optional.of(FlowProblem.tooLarge(limit.bytes()));
        }
        request.setEntityStream(new ByteArrayInputStream(body.get()));
        try {
            WorkCall call = server.enter(new WorkRequest(
                    request.getMethod(),
                    FlowHeaders.pathAndQuery(request.getUriInfo().getRequestUri()),
                    FlowHeaders.of(request.getHeaders().keySet(), request::getHeaderString),
                    BodyLimit.digest(body.get()),
                    application));
            request.setProperty(EnteredCall.PROPERTY, new EnteredCall(rule.method(), call));
            return Optional.empty();
        } catch (FlowRefusedException e) {
            return Optional.of(new FlowProblem(e.status(), e.problem(), e.getMessage()));
        }
    }

    @Override
    public void filter(ContainerRequestContext request, ContainerResponseContext response) {
        if (!(request.getProperty(EnteredCall.PROPERTY) instanceof EnteredCall call)) {
            return;
        }
        if (response.getEntity() instanceof StreamingOutput) {
            FlowProblem problem = FlowProblem.streamed(rule.method());
            response.setStatus(problem.status());
            response.setEntity(problem.json(), null, FlowProblem.MEDIA_TYPE);
        }
        Map<String, String> headers = call.leave(response.getStatus());
        headers.forEach((name, value) -> response.getHeaders().putSingle(name, value));
    }
}
