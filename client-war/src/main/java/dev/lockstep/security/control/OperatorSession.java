package dev.lockstep.security.control;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpSession;
import java.io.Serializable;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Optional;

/**
 * What the server remembers of an operator who is logged in.
 *
 * @param name the operator's name, not null
 * @param csrfToken what every write must repeat, 32 random bytes in Base64; not null
 */
public record OperatorSession(String name, String csrfToken) implements Serializable {

    /** The role of whoever has such a session. */
    public static final String ROLE = "operator";

    private static final long serialVersionUID = 1L;

    private static final String ATTRIBUTE = OperatorSession.class.getName();
    private static final int TOKEN_BYTES = 32;
    private static final SecureRandom RANDOM = new SecureRandom();

    /**
     * Finds the session of a request.
     *
     * @param request the request
     * @return the session, or empty if nobody is logged in; none is made
     */
    public static Optional<OperatorSession> of(HttpServletRequest request) {
        return Optional.ofNullable(request.getSession(false))
                .map(session -> (OperatorSession) session.getAttribute(ATTRIBUTE));
    }

    /**
     * Begins a session after a login, under an id that nobody can have known before.
     *
     * @param request the login
     * @param name the operator's name
     */
    public static void begin(HttpServletRequest request, String name) {
        byte[] token = new byte[TOKEN_BYTES];
        RANDOM.nextBytes(token);
        HttpSession session = request.getSession();
        request.changeSessionId();
        session.setAttribute(
                ATTRIBUTE,
                new OperatorSession(
                        name, Base64.getUrlEncoder().withoutPadding().encodeToString(token)));
    }

    /**
     * Ends the session of a request, if there is one.
     *
     * @param request the request
     */
    public static void end(HttpServletRequest request) {
        HttpSession session = request.getSession(false);
        if (session != null) {
            session.invalidate();
        }
    }

    /**
     * Compares in a time that tells nothing.
     *
     * @param token what a write carries, may be null
     * @return whether it is this session's token
     */
    public boolean hasToken(String token) {
        return token != null
                && MessageDigest.isEqual(
                        csrfToken.getBytes(StandardCharsets.UTF_8), token.getBytes(StandardCharsets.UTF_8));
    }

    /** {@return the name alone: the token is no one's business} */
    @Override
    public String toString() {
        return "session of " + name;
    }
}
