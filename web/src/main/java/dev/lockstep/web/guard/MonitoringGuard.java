package dev.lockstep.web.guard;

import dev.lockstep.web.Exchange;
import dev.lockstep.web.HttpProblems;
import dev.lockstep.web.InvalidField;
import dev.lockstep.web.Problem;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.List;
import java.util.Optional;

/**
 * Lets what the container serves to those who watch be read, and nothing else: it looks for parameters in bodies, too, and answers one that it
 * cannot read with the name of an exception. The application maps it, in its {@code web.xml}.
 */
public class MonitoringGuard extends HttpFilter {

    private static final long serialVersionUID = 1L;
    private static final Logger LOG = System.getLogger(MonitoringGuard.class.getName());

    private static final List<String> METHODS = List.of("GET", "HEAD");

    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        Optional<Problem> refusal = refusal(request, response);
        if (refusal.isPresent()) {
            Exchange.refuse(response, refusal.get());
        } else {
            chain.doFilter(request, response);
        }
    }

    private static Optional<Problem> refusal(HttpServletRequest request, HttpServletResponse response) {
        if (!METHODS.contains(request.getMethod())) {
            response.setHeader("Allow", String.join(", ", METHODS));
            return Optional.of(HttpProblems.methodNotAllowed(request.getMethod(), METHODS));
        }
        if (request.getContentLengthLong() > 0 || request.getHeader("Transfer-Encoding") != null) {
            return invalid("body", "must be empty");
        }
        try {
            request.getParameterMap();
            return Optional.empty();
        } catch (RuntimeException e) {
            LOG.log(Level.DEBUG, "The query cannot be read", e);
            return invalid("query", "must be names and values, escaped as RFC 3986 wants it");
        }
    }

    private static Optional<Problem> invalid(String what, String limit) {
        return Optional.of(HttpProblems.invalidRequest(List.of(new InvalidField(what, limit))));
    }
}
