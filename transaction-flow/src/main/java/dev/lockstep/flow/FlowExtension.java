package dev.lockstep.flow;

import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.spi.AfterDeploymentValidation;
import jakarta.enterprise.inject.spi.DeploymentException;
import jakarta.enterprise.inject.spi.Extension;
import jakarta.enterprise.inject.spi.ProcessBean;
import jakarta.enterprise.inject.spi.ProcessInjectionPoint;
import java.lang.annotation.Annotation;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.TreeSet;

/**
 * Refuses to deploy an application whose methods cannot do what they declare, as WCF does when a service or a client is opened. It looks at the beans that may
 * be resources, EJBs too, and at the typed clients that are injected. It tells all faults at once. The container finds it by {@code META-INF/services}.
 */
public class FlowExtension implements Extension {

    /** By name, since a server may have no MicroProfile. */
    private static final String REST_CLIENT = "org.eclipse.microprofile.rest.client.inject.RestClient";

    private final Set<Class<?>> beans = new LinkedHashSet<>();
    private final Set<Class<?>> clients = new LinkedHashSet<>();

    void see(@Observes ProcessBean<?> event) {
        beans.add(event.getBean().getBeanClass());
    }

    void see(@Observes ProcessInjectionPoint<?, ?> event) {
        boolean isClient = event.getInjectionPoint().getQualifiers().stream()
                .map(Annotation::annotationType)
                .anyMatch(qualifier -> qualifier.getName().equals(REST_CLIENT));
        if (isClient && event.getInjectionPoint().getType() instanceof Class<?> contract) {
            clients.add(contract);
        }
    }

    void check(@Observes AfterDeploymentValidation event) {
        Set<String> faults = new TreeSet<>();
        beans.forEach(bean -> faults.addAll(FlowFaults.ofResource(bean)));
        clients.forEach(client -> faults.addAll(FlowFaults.ofDeployedClient(client, ClientAddress::of)));
        if (!faults.isEmpty()) {
            event.addDeploymentProblem(new DeploymentException(FlowFaults.text(faults)));
        }
    }
}
