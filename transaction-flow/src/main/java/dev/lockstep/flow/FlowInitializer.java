package dev.lockstep.flow;

import jakarta.servlet.ServletContainerInitializer;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletException;
import jakarta.servlet.annotation.HandlesTypes;
import jakarta.ws.rs.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * Looks at the resources and typed clients of a web application that no bean is, or is given: {@link FlowExtension} does not see them. A contract that is
 * a service's, too, stands in the service's archive without an address; so where a client calls is asked only of those that are injected. The container finds
 * it by {@code META-INF/services}.
 */
@HandlesTypes({Path.class, TransactionFlow.class})
public final class FlowInitializer implements ServletContainerInitializer {

    /** By name, since a server may have no MicroProfile. */
    private static final String REGISTERED = "org.eclipse.microprofile.rest.client.inject.RegisterRestClient";

    @Override
    public void onStartup(Set<Class<?>> types, ServletContext context) throws ServletException {
        Set<String> faults = new TreeSet<>();
        if (types != null) {
            types.forEach(type -> faults.addAll(faults(type)));
        }
        if (!faults.isEmpty()) {
            throw new ServletException(FlowFaults.text(faults));
        }
    }

    private static List<String> faults(Class<?> type) {
        boolean isClient = Arrays.stream(type.getAnnotations())
                .anyMatch(annotation -> annotation.annotationType().getName().equals(REGISTERED));
        return isClient ? FlowFaults.ofClient(type) : FlowFaults.ofResource(type);
    }
}
