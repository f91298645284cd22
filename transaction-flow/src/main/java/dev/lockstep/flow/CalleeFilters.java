package dev.lockstep.flow;

import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.ContainerResponseFilter;
import jakarta.ws.rs.container.DynamicFeature;
import jakarta.ws.rs.container.ResourceInfo;
import jakarta.ws.rs.core.FeatureContext;
import java.util.Map;

/**
 * Stands before each resource method, with what it declares. The server finds it by {@code META-INF/services} (Jakarta REST 3.1), however the
 * application lists its classes.
 */
public final class CalleeFilters implements DynamicFeature {

    /** After authentication and authorization, which stay the application's; before whatever changes the body. */
    private static final int FROM_CALLER = Priorities.AUTHORIZATION + 500;

    /** Nobody changes the answer after it, since its status is signed. */
    private static final int TO_CALLER = Integer.MIN_VALUE;

    @Override
    public void configure(ResourceInfo resource, FeatureContext context) {
        CalleeRule rule = CalleeRule.of(resource.getResourceClass(), resource.getResourceMethod());
        if (FlowHere.isPresent()) {
            context.register(
                    new CalleeFilter(rule, BodyLimit.from(System.getenv()), FlowHere.application(), FlowHere.server()),
                    Map.of(ContainerRequestFilter.class, FROM_CALLER, ContainerResponseFilter.class, TO_CALLER));
        } else {
            context.register(new CalleeWithoutFlows(rule), FROM_CALLER);
        }
    }
}
