package dev.lockstep.web.rest;

import dev.lockstep.web.Problem;
import dev.lockstep.web.ProblemException;
import dev.lockstep.web.guard.RequestOrigin;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.PreMatching;
import jakarta.ws.rs.core.HttpHeaders;
import java.util.Set;

/** Refuses writes that another site caused in a browser: a service without a login is guarded by where it is reached from alone. */
@PreMatching
public final class SameSite implements ContainerRequestFilter {

    /** RFC 9110, section 9.2.1: these only read. */
    private static final Set<String> SAFE = Set.of("GET", "HEAD", "OPTIONS", "TRACE");

    @Override
    public void filter(ContainerRequestContext request) {
        if (!SAFE.contains(request.getMethod()) && origin(request).isForeign()) {
            throw new ProblemException(
                    new Problem("cross-site", 403, "Cross-site request", "A page of another site may not write here"));
        }
    }

    private static RequestOrigin origin(ContainerRequestContext request) {
        return new RequestOrigin(
                request.getHeaderString("Sec-Fetch-Site"),
                request.getHeaderString("Origin"),
                request.getHeaderString(HttpHeaders.HOST));
    }
}
