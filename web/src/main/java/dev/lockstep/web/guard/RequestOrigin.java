package dev.lockstep.web.guard;

import jakarta.servlet.http.HttpServletRequest;
import java.net.URI;
import java.util.Optional;

/**
 * Where a request comes from, by the headers that a browser sets and no script can change.
 *
 * @param fetchSite {@code Sec-Fetch-Site}; browsers send it to https and to localhost; may be null
 * @param origin {@code Origin}; browsers send it with every write; may be null
 * @param host {@code Host}, to which the request was sent; may be null
 */
public record RequestOrigin(String fetchSite, String origin, String host) {

    /**
     * Reads the headers.
     *
     * @param request the request
     * @return where it comes from
     */
    public static RequestOrigin of(HttpServletRequest request) {
        return new RequestOrigin(
                request.getHeader("Sec-Fetch-Site"), request.getHeader("Origin"), request.getHeader("Host"));
    }

    /**
     * Tells whether another site caused it. A client that is no browser sends neither header: there is no one whom
     * another site could mislead.
     *
     * @return true if a browser says so, or says what cannot be understood
     */
    public boolean isForeign() {
        if (fetchSite != null) {
            return !fetchSite.equals("same-origin") && !fetchSite.equals("none");
        }
        return origin != null
                && originAuthority()
                        .filter(authority -> authority.equalsIgnoreCase(host))
                        .isEmpty();
    }

    /** The scheme is not compared: behind a proxy that ends TLS the server does not know its own. */
    private Optional<String> originAuthority() {
        try {
            return Optional.ofNullable(URI.create(origin).getAuthority());
        } catch (IllegalArgumentException e) {
            return Optional.empty(); // not even a URI, so certainly not ours
        }
    }
}
