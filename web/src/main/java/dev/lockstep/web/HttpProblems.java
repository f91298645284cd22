package dev.lockstep.web;

import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import java.util.List;
import java.util.stream.Collectors;

/** The errors that any JSON API over HTTP has, whatever it serves; the OpenAPI document lists the same types. */
public final class HttpProblems {

    private static final int ECHO_MAX = 256;

    private HttpProblems() {}

    /**
     * Shortens what a client sent, so that no refusal is much longer than the request.
     *
     * @param sent a part of the request, to be repeated in an answer
     * @return its first 256 characters
     */
    public static String echo(String sent) {
        return sent.length() <= ECHO_MAX ? sent : sent.substring(0, ECHO_MAX) + "…";
    }

    /**
     * The request cannot be understood, or breaks a limit.
     *
     * @param invalid each field at fault, at least one
     * @return 400
     */
    public static Problem invalidRequest(List<InvalidField> invalid) {
        JsonArrayBuilder errors = Json.createArrayBuilder();
        invalid.forEach(one ->
                errors.add(Json.createObjectBuilder().add("field", one.name()).add("detail", one.detail())));
        String detail = invalid.stream().map(InvalidField::toString).collect(Collectors.joining("; "));
        return new Problem(
                "invalid-request",
                400,
                "Invalid request",
                detail,
                Json.createObjectBuilder().add("errors", errors).build());
    }

    /** {@return 401, for what only an operator may do, when nobody is logged in} */
    public static Problem loginRequired() {
        return new Problem("login-required", 401, "Login required", "This is for an operator; log in at /login.html");
    }

    /**
     * The API has no such resource.
     *
     * @param path what was asked for
     * @return 404
     */
    public static Problem notFound(String path) {
        return new Problem("not-found", 404, "Not found", "There is no resource " + echo(path) + " in this API");
    }

    /**
     * The resource has another use.
     *
     * @param method what was tried
     * @param allowed what it serves
     * @return 405
     */
    public static Problem methodNotAllowed(String method, List<String> allowed) {
        return new Problem(
                "method-not-allowed",
                405,
                "Method not allowed",
                echo(method) + " is not served here, only " + String.join(", ", allowed));
    }

    /**
     * The client takes no JSON.
     *
     * @param accept what it takes
     * @return 406
     */
    public static Problem notAcceptable(List<String> accept) {
        return new Problem(
                "not-acceptable",
                406,
                "Not acceptable",
                "Accept is '" + String.join(", ", accept) + "', this resource has application/json");
    }

    /**
     * The body is longer than it may be.
     *
     * @param maxBytes the limit
     * @return 413
     */
    public static Problem bodyTooLarge(int maxBytes) {
        return new Problem(
                "body-too-large", 413, "Body too large", "The body must have at most " + maxBytes + " bytes");
    }

    /**
     * The body is not JSON.
     *
     * @param contentType what it is said to be, may be null
     * @return 415
     */
    public static Problem unsupportedMediaType(String contentType) {
        return new Problem(
                "unsupported-media-type",
                415,
                "Unsupported media type",
                "Content-Type is '" + contentType + "', must be application/json in UTF-8");
    }

    /** {@return 500, for a fault of this program} */
    public static Problem internalError() {
        return new Problem(
                "internal-error", 500, "Internal error", "This is our fault; the server's log has the reason");
    }

    /**
     * As many browsers listen as may.
     *
     * @param max how many may
     * @return 503
     */
    public static Problem tooManyListeners(int max) {
        return new Problem(
                "too-many-listeners",
                503,
                "Too many listeners",
                max + " browsers listen already; ask again, or read the resources themselves");
    }

    /**
     * As many searches go on as may.
     *
     * @param max how many may
     * @return 503
     */
    public static Problem tooManySearches(int max) {
        return new Problem("too-many-searches", 503, "Too many searches", max + " searches go on already; ask again");
    }

    /** {@return 503, when a database did not answer a read} */
    public static Problem unavailable() {
        return new Problem(
                "unavailable", 503, "Unavailable", "A database does not answer; nothing was changed, ask again");
    }
}
