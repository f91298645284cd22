package dev.lockstep.operator.control;

import jakarta.servlet.http.HttpServletRequest;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Optional;

/**
 * An operator who is logged in.
 *
 * @param name the operator's name, not null
 * @param csrfToken what every write must repeat, 32 bytes in Base64 that nobody can guess; not null
 */
public record OperatorSession(String name, String csrfToken) {

    /** The role of whoever has such a session. */
    public static final String ROLE = "operator";

    private static final String ATTRIBUTE = OperatorSession.class.getName();

    /**
     * Finds the session of a request.
     *
     * @param request the request, {@linkplain #noteIn noted} before
     * @return the session, or empty if nobody is logged in
     */
    public static Optional<OperatorSession> of(HttpServletRequest request) {
        return Optional.ofNullable((OperatorSession) request.getAttribute(ATTRIBUTE));
    }

    /**
     * Lets all who serve a request know whose it is.
     *
     * @param request the request
     */
    public void noteIn(HttpServletRequest request) {
        request.setAttribute(ATTRIBUTE, this);
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
