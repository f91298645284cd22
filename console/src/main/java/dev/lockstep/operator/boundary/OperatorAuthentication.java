package dev.lockstep.operator.boundary;

import dev.lockstep.operator.control.OperatorSession;
import dev.lockstep.operator.control.OperatorSessions;
import dev.lockstep.operator.control.OperatorsUnavailableException;
import dev.lockstep.operator.control.SessionCookie;
import jakarta.security.auth.message.AuthException;
import jakarta.security.auth.message.AuthStatus;
import jakarta.security.auth.message.MessageInfo;
import jakarta.security.auth.message.MessagePolicy;
import jakarta.security.auth.message.callback.CallerPrincipalCallback;
import jakarta.security.auth.message.callback.GroupPrincipalCallback;
import jakarta.security.auth.message.module.ServerAuthModule;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Map;
import java.util.Optional;
import javax.security.auth.Subject;
import javax.security.auth.callback.Callback;
import javax.security.auth.callback.CallbackHandler;
import javax.security.auth.callback.UnsupportedCallbackException;

/**
 * Tells the container at each request who is logged in; {@link SessionServlet} does the login itself. It speaks Jakarta Authentication
 * (3.0, section 3) and not Jakarta Security's {@code HttpAuthenticationMechanism}, whose bridge in Payara 6.2025.10 throws and catches an
 * exception twice a request, orders included. Thread-safe once initialized.
 */
final class OperatorAuthentication implements ServerAuthModule {

    private static final Logger LOG = System.getLogger(OperatorAuthentication.class.getName());

    private final OperatorSessions sessions;
    private CallbackHandler container;

    OperatorAuthentication(OperatorSessions sessions) {
        this.sessions = sessions;
    }

    @Override
    public void initialize(
            MessagePolicy requestPolicy,
            MessagePolicy responsePolicy,
            CallbackHandler handler,
            Map<String, Object> options) {
        container = handler;
    }

    @Override
    public Class<?>[] getSupportedMessageTypes() {
        return new Class<?>[] {HttpServletRequest.class, HttpServletResponse.class};
    }

    @Override
    public AuthStatus validateRequest(MessageInfo message, Subject client, Subject service) throws AuthException {
        HttpServletRequest request = (HttpServletRequest) message.getRequestMessage();
        Optional<OperatorSession> session =
                isOfApi(request) ? SessionCookie.of(request).flatMap(this::find) : Optional.empty();
        session.ifPresent(found -> found.noteIn(request));
        tell(
                session.isPresent()
                        ? new Callback[] {
                            new CallerPrincipalCallback(client, session.get().name()),
                            new GroupPrincipalCallback(client, new String[] {OperatorSession.ROLE})
                        }
                        : new Callback[] {new CallerPrincipalCallback(client, (String) null)});
        return AuthStatus.SUCCESS;
    }

    /** Nothing else asks who is logged in, and pages must not wait for the database. */
    private static boolean isOfApi(HttpServletRequest request) {
        String rest = request.getPathInfo();
        return (request.getServletPath() + (rest == null ? "" : rest)).startsWith("/api/");
    }

    /** Who cannot be known now is a stranger for this request; {@link SessionServlet} does not tell the pages that they are one. */
    private Optional<OperatorSession> find(SessionCookie cookie) {
        try {
            return sessions.find(cookie);
        } catch (OperatorsUnavailableException e) {
            LOG.log(Level.DEBUG, "Whether an operator asks cannot be told now", e);
            return Optional.empty();
        }
    }

    private void tell(Callback[] who) throws AuthException {
        try {
            container.handle(who);
        } catch (IOException | UnsupportedCallbackException e) {
            throw (AuthException) new AuthException("The container does not take who is logged in").initCause(e);
        }
    }

    @Override
    public AuthStatus secureResponse(MessageInfo message, Subject service) {
        return AuthStatus.SEND_SUCCESS;
    }

    @Override
    public void cleanSubject(MessageInfo message, Subject subject) {
        subject.getPrincipals().clear();
    }
}
