package dev.lockstep.operator.boundary;

import dev.lockstep.operator.control.Demonstration;
import dev.lockstep.operator.control.LoginLimit;
import dev.lockstep.operator.control.LoginQueue;
import dev.lockstep.operator.control.LoginRequest;
import dev.lockstep.operator.control.OperatorSession;
import dev.lockstep.operator.control.OperatorSessions;
import dev.lockstep.operator.control.Operators;
import dev.lockstep.operator.control.OperatorsUnavailableException;
import dev.lockstep.operator.control.SecurityProblems;
import dev.lockstep.operator.control.SessionCookie;
import dev.lockstep.web.ApiServlet;
import dev.lockstep.web.Exchange;
import dev.lockstep.web.HttpProblems;
import dev.lockstep.web.ProblemException;
import jakarta.annotation.security.DeclareRoles;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import jakarta.json.Json;
import jakarta.json.JsonValue;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.ws.rs.core.MediaType;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** {@code /api/session}: who is logged in, login and logout. */
@WebServlet("/api/session")
@DeclareRoles(OperatorSession.ROLE)
public class SessionServlet extends ApiServlet {

    private static final long serialVersionUID = 1L;
    private static final Logger LOG = System.getLogger(SessionServlet.class.getName());

    private static final Duration WHILE_OTHERS_ARE_HASHED = Duration.ofSeconds(1);

    private final transient Operators operators;
    private final transient OperatorSessions sessions;
    private final transient LoginLimit limit;
    private final transient Instance<Demonstration> demo;
    private final transient LoginQueue hashing = new LoginQueue();

    /**
     * The constructor the container uses.
     *
     * @param operators verifies name and password
     * @param sessions knows who is logged in
     * @param limit counts failures
     * @param demo tells whether the pages may offer to break something, if there is such a thing here
     */
    @Inject
    public SessionServlet(
            Operators operators, OperatorSessions sessions, LoginLimit limit, Instance<Demonstration> demo) {
        this.operators = operators;
        this.sessions = sessions;
        this.limit = limit;
        this.demo = demo;
    }

    @Override
    protected List<String> methods(HttpServletRequest request) {
        return List.of("GET", "HEAD", "POST", "DELETE");
    }

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        Optional<OperatorSession> session = session(request);
        Exchange.answer(
                response,
                200,
                MediaType.APPLICATION_JSON,
                Json.createObjectBuilder()
                        .add("operator", text(session.map(OperatorSession::name)))
                        .add("csrfToken", text(session.map(OperatorSession::csrfToken)))
                        .add("demo", demo.stream().anyMatch(Demonstration::isOn))
                        .build());
    }

    @Override
    protected void doPost(HttpServletRequest request, HttpServletResponse response) throws IOException {
        LoginRequest login = LoginRequest.parse(Exchange.jsonBody(request));
        String address = request.getRemoteAddr();
        if (!hashing.enter()) {
            throw tooMany(response, WHILE_OTHERS_ARE_HASHED);
        }
        try {
            limit.begin(address, login.name()).ifPresent(wait -> {
                throw tooMany(response, wait);
            });
            String passwordHash = operators.verify(login).orElseThrow(() -> {
                LOG.log(Level.WARNING, "A login from " + address + " failed");
                return new ProblemException(SecurityProblems.loginFailed());
            });
            limit.wasNoFailure(address, login.name());
            SessionCookie.of(request).ifPresent(sessions::end);
            sessions.begin(login.name(), passwordHash).giveTo(request, response);
            LOG.log(Level.INFO, login.name() + " logged in from " + address);
        } catch (OperatorsUnavailableException e) {
            limit.wasNoFailure(address, login.name());
            throw unavailable(e);
        } finally {
            hashing.leave();
        }
        response.setHeader("Cache-Control", "no-store");
        response.setStatus(HttpServletResponse.SC_NO_CONTENT);
    }

    @Override
    protected void doDelete(HttpServletRequest request, HttpServletResponse response) {
        SessionCookie cookie = SessionCookie.of(request)
                .filter(shown -> session(request).isPresent())
                .orElseThrow(() -> new ProblemException(HttpProblems.loginRequired()));
        try {
            sessions.end(cookie);
        } catch (OperatorsUnavailableException e) {
            throw unavailable(e);
        }
        SessionCookie.takeFrom(request, response);
        response.setStatus(HttpServletResponse.SC_NO_CONTENT);
    }

    /** Asks once more if there is a cookie but no session: perhaps the database was away, which must not look like a logout. */
    private Optional<OperatorSession> session(HttpServletRequest request) {
        try {
            return OperatorSession.of(request)
                    .or(() -> SessionCookie.of(request).flatMap(sessions::find));
        } catch (OperatorsUnavailableException e) {
            throw unavailable(e);
        }
    }

    private static ProblemException unavailable(OperatorsUnavailableException cause) {
        LOG.log(
                Level.WARNING,
                "Operators cannot be known now: " + cause.getCause().getMessage());
        return new ProblemException(HttpProblems.unavailable());
    }

    private static ProblemException tooMany(HttpServletResponse response, Duration wait) {
        long seconds = wait.toSeconds() + 1;
        response.setHeader("Retry-After", Long.toString(seconds));
        return new ProblemException(SecurityProblems.loginLimited(seconds));
    }

    private static JsonValue text(Optional<String> text) {
        return text.<JsonValue>map(Json::createValue).orElse(JsonValue.NULL);
    }
}
