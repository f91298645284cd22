package dev.lockstep.operator.control;

import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;

/**
 * What an operator's browser shows at each request. The server keeps a hash of it alone, so that who reads the database cannot show one.
 *
 * @param value 32 random bytes in Base64, not null
 */
public record SessionCookie(String value) {

    private static final String NAME = "lockstep-session";
    private static final int BYTES = 32;

    /** What has another form is no session of ours, and need not be looked for. */
    private static final String FORM = "[A-Za-z0-9_-]{43}";

    private static final SecureRandom RANDOM = new SecureRandom();

    /** {@return one that nobody can have known before} */
    static SessionCookie random() {
        byte[] bytes = new byte[BYTES];
        RANDOM.nextBytes(bytes);
        return new SessionCookie(base64(bytes));
    }

    /**
     * Reads the cookie of a request.
     *
     * @param request the request
     * @return the cookie, or empty if there is none that could be a session's
     */
    public static Optional<SessionCookie> of(HttpServletRequest request) {
        Cookie[] cookies = request.getCookies();
        return cookies == null
                ? Optional.empty()
                : Arrays.stream(cookies)
                        .filter(cookie -> cookie.getName().equals(NAME))
                        .map(Cookie::getValue)
                        .filter(value -> value != null && value.matches(FORM))
                        .findFirst()
                        .map(SessionCookie::new);
    }

    /**
     * Gives it to the browser, for this site alone and until it is closed.
     *
     * @param request the login
     * @param response its response, not committed
     */
    public void giveTo(HttpServletRequest request, HttpServletResponse response) {
        set(request, response, value);
    }

    /**
     * Takes it from the browser.
     *
     * @param request the logout
     * @param response its response, not committed
     */
    public static void takeFrom(HttpServletRequest request, HttpServletResponse response) {
        set(request, response, "; Max-Age=0");
    }

    /** By hand: Payara 6.2025.10 heeds SameSite in a file of its own alone. */
    private static void set(HttpServletRequest request, HttpServletResponse response, String value) {
        response.addHeader(
                "Set-Cookie",
                NAME + "=" + value + "; Path=" + request.getContextPath() + "/; HttpOnly; SameSite=Strict"
                        + (request.isSecure() ? "; Secure" : ""));
    }

    /** {@return what the database knows it by} */
    byte[] hash() {
        return sha256(value);
    }

    /** {@return what writes with it must repeat; who knows the token does not know the cookie} */
    String csrfToken() {
        return base64(sha256("token of " + value));
    }

    private static byte[] sha256(String text) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Java has no SHA-256", e);
        }
    }

    private static String base64(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    /** {@return nothing that a log may not show} */
    @Override
    public String toString() {
        return "a session's cookie";
    }
}
