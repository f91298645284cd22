package dev.lockstep.web.rest;

import dev.lockstep.web.Exchange;
import dev.lockstep.web.Failures;
import dev.lockstep.web.HttpProblems;
import dev.lockstep.web.InvalidField;
import dev.lockstep.web.Problem;
import dev.lockstep.web.ProblemException;
import jakarta.ejb.EJBException;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.Response.ResponseBuilder;
import jakarta.ws.rs.ext.ExceptionMapper;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Tells what a resource throws as RFC 9457 does. A service adds what it refuses itself. Thread-safe. */
public abstract class ProblemMapper implements ExceptionMapper<RuntimeException> {

    private static final Logger LOG = System.getLogger(ProblemMapper.class.getName());

    /**
     * Tells what the service means by an exception.
     *
     * @param thrown what its method threw
     * @return the problem, or empty if it is not one of the service's refusals
     */
    protected abstract Optional<Problem> refusal(RuntimeException thrown);

    @Override
    public Response toResponse(RuntimeException thrown) {
        if (thrown instanceof WebApplicationException told && told.getResponse().hasEntity()) {
            return told.getResponse();
        }
        ResponseBuilder response = thrown instanceof WebApplicationException told
                ? Response.fromResponse(told.getResponse()) // with what it says besides, such as Allow
                : Response.noContent();
        Problem problem = problem(thrown);
        if (problem.status() == Response.Status.SERVICE_UNAVAILABLE.getStatusCode()) {
            response.header(HttpHeaders.RETRY_AFTER, Exchange.RETRY_AFTER);
        }
        return response.status(problem.status())
                .type(Problem.MEDIA_TYPE)
                .header(HttpHeaders.CACHE_CONTROL, "no-store")
                .entity(problem.json().toString())
                .build();
    }

    private Problem problem(RuntimeException thrown) {
        if (thrown instanceof ProblemException refused) {
            return refused.problem();
        }
        if (thrown instanceof WebApplicationException told) {
            return ofHttp(told);
        }
        return refusal(thrown).orElseGet(() -> failure(thrown));
    }

    private static Problem ofHttp(WebApplicationException told) {
        if (told instanceof NotFoundException && told.getCause() != null) { // a parameter that cannot be read
            return HttpProblems.invalidRequest(List.of(new InvalidField(
                    "",
                    "A parameter of the address is not as it must be: "
                            + told.getCause().getMessage())));
        }
        String title = told.getResponse().getStatusInfo().getReasonPhrase();
        return new Problem(
                title.toLowerCase(Locale.ROOT).replace(' ', '-'),
                told.getResponse().getStatus(),
                title,
                String.valueOf(told.getMessage()));
    }

    private static Problem failure(RuntimeException thrown) {
        LOG.log(Level.ERROR, "A service failed", thrown);
        return thrown instanceof EJBException && !Failures.isOurs(thrown)
                ? HttpProblems.unavailable()
                : HttpProblems.internalError();
    }
}
