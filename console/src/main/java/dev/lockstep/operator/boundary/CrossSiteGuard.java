package dev.lockstep.operator.boundary;

import dev.lockstep.operator.control.OperatorSession;
import dev.lockstep.operator.control.SecurityProblems;
import dev.lockstep.web.Exchange;
import dev.lockstep.web.Problem;
import dev.lockstep.web.guard.RequestOrigin;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Optional;
import java.util.Set;

/** Refuses writes that another site caused in a browser (S2), and an operator's without the session's token (S3). */
public class CrossSiteGuard extends HttpFilter {

    private static final long serialVersionUID = 1L;
    private static final Logger LOG = System.getLogger(CrossSiteGuard.class.getName());

    /** RFC 9110, section 9.2.1: these only read. */
    private static final Set<String> SAFE = Set.of("GET", "HEAD", "OPTIONS", "TRACE");

    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        Optional<Problem> refusal = SAFE.contains(request.getMethod()) ? Optional.empty() : refusal(request);
        if (refusal.isPresent()) {
            LOG.log(
                    Level.WARNING,
                    request.getMethod() + " " + request.getRequestURI() + " from " + request.getRemoteAddr()
                            + " refused: " + refusal.get().type());
            Exchange.refuse(response, refusal.get());
            return;
        }
        chain.doFilter(request, response);
    }

    private static Optional<Problem> refusal(HttpServletRequest request) {
        if (RequestOrigin.of(request).isForeign()) {
            return Optional.of(SecurityProblems.crossSite());
        }
        return OperatorSession.of(request)
                .filter(session -> !session.hasToken(request.getHeader("X-CSRF-Token")))
                .map(session -> SecurityProblems.csrfToken());
    }
}
