package dev.lockstep.web;

import jakarta.ejb.EJBException;
import jakarta.json.Json;
import jakarta.json.JsonStructure;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.ws.rs.core.MediaType;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.List;

/** A resource of the JSON API: refuses what it does not serve and tells every error as RFC 9457 does. */
public abstract class ApiServlet extends HttpServlet {

    private static final long serialVersionUID = 1L;
    private static final Logger LOG = System.getLogger(ApiServlet.class.getName());

    /** Seconds, more than for a question: what a listener waits for is that another one leaves. */
    private static final String LISTEN_AGAIN = "10";

    /**
     * Tells what the resource can do.
     *
     * @param request the request, which tells the resource
     * @return the methods it serves
     * @throws ProblemException 404 if there is no such resource
     */
    protected abstract List<String> methods(HttpServletRequest request);

    /**
     * Refuses a client that does not take what the resource answers with; JSON, unless it says otherwise.
     *
     * @param request the request
     * @throws ProblemException 406
     */
    protected void requireAccepted(HttpServletRequest request) {
        Exchange.requireJsonIsAccepted(request);
    }

    @Override
    protected final void service(HttpServletRequest request, HttpServletResponse response)
            throws ServletException, IOException {
        if (request.getCharacterEncoding() == null) {
            request.setCharacterEncoding("UTF-8"); // of the query, too: Payara would take it for ISO-8859-1
        }
        try {
            requireServed(request, response);
            requireAccepted(request);
            super.service(request, response);
        } catch (ProblemException e) {
            Exchange.refuse(response, e.problem());
        } catch (RuntimeException e) {
            Exchange.refuse(response, problem(request.getMethod() + " " + request.getRequestURI(), e));
        }
    }

    /**
     * Tells what a client hears of a failure of which nobody else tells, and logs it. It is for who answers in another thread, too.
     *
     * @param request which one failed, for the log
     * @param failure what was thrown
     * @return 503 if a service may be able to do it later, else 500
     */
    public static Problem problem(String request, Throwable failure) {
        boolean isOfService = failure instanceof EJBException;
        LOG.log(Level.ERROR, request + (isOfService ? ": a service failed" : " failed"), failure);
        return isOfService && !Failures.isOurs(failure) ? HttpProblems.unavailable() : HttpProblems.internalError();
    }

    private void requireServed(HttpServletRequest request, HttpServletResponse response) {
        List<String> methods = methods(request);
        if (!methods.contains(request.getMethod())) {
            response.setHeader("Allow", String.join(", ", methods));
            throw new ProblemException(HttpProblems.methodNotAllowed(request.getMethod(), methods));
        }
    }

    /**
     * Tells the client when to ask again.
     *
     * @param response the response, not committed
     */
    protected static void askAgain(HttpServletResponse response) {
        response.setHeader("Retry-After", Exchange.RETRY_AFTER);
    }

    /**
     * Answers with JSON.
     *
     * @param response the response, not committed
     * @param status the HTTP status
     * @param json the body
     * @throws IOException if the connection fails
     */
    protected static void answer(HttpServletResponse response, int status, JsonStructure json) throws IOException {
        Exchange.answer(response, status, MediaType.APPLICATION_JSON, json);
    }

    /**
     * Answers that what is asked for is neither there nor surely not there: 202.
     *
     * @param response the response, not committed; it tells when to ask again
     * @throws IOException if the connection fails
     */
    protected static void answerUndecided(HttpServletResponse response) throws IOException {
        askAgain(response);
        answer(
                response,
                HttpServletResponse.SC_ACCEPTED,
                Json.createObjectBuilder().add("outcome", "IN_DOUBT").build());
    }

    /**
     * Tells where a list goes on (RFC 8288).
     *
     * @param response the response, not committed
     * @param next the address of its next page
     */
    protected static void goOn(HttpServletResponse response, String next) {
        response.setHeader("Link", "<" + next + ">; rel=\"next\"");
    }

    /**
     * Refuses a browser that wants to listen.
     *
     * @param response the response, not committed; it tells when to ask again
     * @param max how many listen already
     * @return 503, to be thrown
     */
    protected static ProblemException tooManyListeners(HttpServletResponse response, int max) {
        response.setHeader("Retry-After", LISTEN_AGAIN);
        return new ProblemException(HttpProblems.tooManyListeners(max));
    }

    /**
     * Refuses whoever is not logged in as an operator.
     *
     * @param request the request
     * @throws ProblemException 401
     */
    protected static void requireOperator(HttpServletRequest request) {
        if (!request.isUserInRole("operator")) {
            throw new ProblemException(HttpProblems.loginRequired());
        }
    }
}
