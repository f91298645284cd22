package dev.lockstep.security.boundary;

import dev.lockstep.security.control.OperatorSession;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.security.enterprise.AuthenticationStatus;
import jakarta.security.enterprise.authentication.mechanism.http.HttpAuthenticationMechanism;
import jakarta.security.enterprise.authentication.mechanism.http.HttpMessageContext;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Set;

/** Tells the container at each request who is logged in; {@link SessionServlet} does the login itself. */
@ApplicationScoped
public class OperatorAuthentication implements HttpAuthenticationMechanism {

    @Override
    public AuthenticationStatus validateRequest(
            HttpServletRequest request, HttpServletResponse response, HttpMessageContext context) {
        return OperatorSession.of(request)
                .map(session -> context.notifyContainerAboutLogin(session.name(), Set.of(OperatorSession.ROLE)))
                .orElseGet(context::doNothing);
    }
}
