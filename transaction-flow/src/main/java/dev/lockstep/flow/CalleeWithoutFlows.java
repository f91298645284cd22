package dev.lockstep.flow;

import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;

/** Before a resource method on a server that has no part in flows: refuses what would need one. */
final class CalleeWithoutFlows implements ContainerRequestFilter {

    private final CalleeRule rule;

    CalleeWithoutFlows(CalleeRule rule) {
        this.rule = rule;
    }

    @Override
    public void filter(ContainerRequestContext request) {
        boolean bearsFlow = request.getHeaders().keySet().stream().anyMatch(FlowHeaders::isFlow);
        rule.refusal(bearsFlow, false).map(FlowProblem::response).ifPresent(request::abortWith);
    }
}
