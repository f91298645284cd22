package dev.lockstep.operator.control;

import dev.lockstep.web.Problem;

/** The errors of the pages' security; the OpenAPI document lists the same types. */
public final class SecurityProblems {

    private SecurityProblems() {}

    /** {@return 401; which of the two is wrong is not told} */
    public static Problem loginFailed() {
        return new Problem("login-failed", 401, "Login failed", "Name and password do not belong together");
    }

    /**
     * Too many passwords were tried.
     *
     * @param waitSeconds when to try again
     * @return 429
     */
    public static Problem loginLimited(long waitSeconds) {
        return new Problem(
                "login-limited",
                429,
                "Too many login attempts",
                "After " + LoginLimit.FAILURES_MAX + " failed logins for a name from an address, or "
                        + LoginLimit.FAILURES_OF_ADDRESS_MAX + " from an address, one is taken every "
                        + LoginLimit.PAUSE.toSeconds() + " s; try again in " + waitSeconds + " s");
    }

    /** {@return 403, for a write that another site caused in a browser} */
    public static Problem crossSite() {
        return new Problem(
                "cross-site",
                403,
                "Cross-site request",
                "The browser says that another site sent this; nothing was done");
    }

    /** {@return 403, for a write of an operator's session without the session's token} */
    public static Problem csrfToken() {
        return new Problem(
                "csrf-token",
                403,
                "CSRF token missing or wrong",
                "A write of an operator needs the header X-CSRF-Token with the csrfToken that GET /api/session tells;"
                        + " nothing was done");
    }
}
