package dev.lockstep.web.guard;

import java.util.Map;
import java.util.function.BiConsumer;

/** What every answer tells browsers: what the pages do not need, so that nobody else can use it (S5). */
public final class BrowserRules {

    private static final Map<String, String> ALWAYS = Map.of(
            "Content-Security-Policy",
                    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self';"
                            + " form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
            "X-Content-Type-Options", "nosniff",
            // What frame-ancestors says, for old browsers; Payara alone would say SAMEORIGIN.
            "X-Frame-Options", "DENY",
            // Not no-referrer: with that, some writes of our own pages would carry "Origin: null".
            "Referrer-Policy", "same-origin",
            "Cross-Origin-Opener-Policy", "same-origin",
            "Cross-Origin-Resource-Policy", "same-origin",
            "Permissions-Policy", "camera=(), display-capture=(), geolocation=(), microphone=(), payment=(), usb=()");

    /** A year, in seconds. */
    private static final String STRICT_TRANSPORT = "max-age=31536000";

    private BrowserRules() {}

    /**
     * Tells them.
     *
     * @param isSecure whether the client came by https
     * @param header takes each header's name and value
     */
    public static void tell(boolean isSecure, BiConsumer<String, String> header) {
        ALWAYS.forEach(header);
        if (isSecure) {
            header.accept("Strict-Transport-Security", STRICT_TRANSPORT);
        }
    }
}
