package dev.lockstep.web.rest;

import dev.lockstep.web.Exchange;
import dev.lockstep.web.Failures;
import dev.lockstep.web.HttpProblems;
import dev.lockstep.web.InvalidField;
import dev.lockstep.web.Problem;
import dev.lockstep.web.ProblemException;
import jakarta.ejb.EJBException;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Request;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.Response.ResponseBuilder;
import jakarta.ws.rs.core.UriInfo;
import jakarta.ws.rs.ext.ExceptionMapper;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.TreeSet;

/** Tells what a resource throws as RFC 9457 does. A service adds what it refuses itself. Thread-safe. */
public abstract class ProblemMapper implements ExceptionMapper<RuntimeException> {

    private static final Logger LOG = System.getLogger(ProblemMapper.class.getName());

    @Context
    UriInfo uri;

    @Context
    Request request;

    @Context
    HttpHeaders headers;

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

    private Problem ofHttp(WebApplicationException told) {
        if (told.getCause() != null) { // a parameter that cannot be read
            return HttpProblems.invalidRequest(List.of(new InvalidField(
                    "",
                    "A parameter of the address is not as it must be: "
                            + HttpProblems.echo(String.valueOf(told.getCause().getMessage())))));
        }
        Response response = told.getResponse();
        return switch (response.getStatus()) {
            case 404 -> HttpProblems.notFound(uri.getRequestUri().getRawPath());
            case 405 ->
                HttpProblems.methodNotAllowed(
                        request.getMethod(), List.copyOf(new TreeSet<>(response.getAllowedMethods())));
            case 406 -> HttpProblems.notAcceptable(headers.getRequestHeader(HttpHeaders.ACCEPT));
            case 415 -> HttpProblems.unsupportedMediaType(headers.getHeaderString(HttpHeaders.CONTENT_TYPE));
            default -> other(response.getStatus(), response.getStatusInfo().getReasonPhrase(), told.getMessage());
        };
    }

    private static Problem other(int status, String title, String detail) {
        return new Problem(title.toLowerCase(Locale.ROOT).replace(' ', '-'), status, title, String.valueOf(detail));
    }

    private static Problem failure(RuntimeException thrown) {
        LOG.log(Level.ERROR, "A service failed", thrown);
        return thrown instanceof EJBException && !Failures.isOurs(thrown)
                ? HttpProblems.unavailable()
                : HttpProblems.internalError();
    }
}
