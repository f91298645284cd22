package dev.lockstep.client.control;

import dev.lockstep.order.boundary.PlacedOrder;
import dev.lockstep.product.boundary.OutOfStockException;
import dev.lockstep.product.boundary.UnknownProductException;
import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;

/** Every error of the JSON API, in one place; the OpenAPI document lists the same types. */
public final class Problems {

    private static final int ECHO_MAX = 256;

    private Problems() {}

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
     * There is no such order, none is in doubt, and this instance is not placing it.
     *
     * @param orderId what was asked for
     * @return 404
     */
    public static Problem noSuchOrder(UUID orderId) {
        return new Problem(
                "no-such-order", 404, "No such order", "There is no order " + orderId + ", nor is one in doubt");
    }

    /**
     * There is no such product.
     *
     * @param refusal the product service's refusal
     * @return 404
     */
    public static Problem unknownProduct(UnknownProductException refusal) {
        return unknownProduct(refusal.productId());
    }

    /**
     * There is no such product.
     *
     * @param productId what was asked for
     * @return 404
     */
    public static Problem unknownProduct(int productId) {
        return new Problem("unknown-product", 404, "Unknown product", "There is no product " + productId);
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
     * There are fewer pieces than asked for.
     *
     * @param refusal the product service's refusal
     * @return 409
     */
    public static Problem outOfStock(OutOfStockException refusal) {
        return new Problem(
                "out-of-stock",
                409,
                "Out of stock",
                "Product " + refusal.productId() + " has " + refusal.available() + " pieces left, "
                        + refusal.requested() + " were asked for",
                Json.createObjectBuilder()
                        .add("productId", refusal.productId())
                        .add("requested", refusal.requested())
                        .add("available", refusal.available())
                        .build());
    }

    /**
     * The id belongs to another order.
     *
     * @param earlier the order that has the id
     * @return 409
     */
    public static Problem orderIdTaken(PlacedOrder earlier) {
        return new Problem(
                "order-id-taken",
                409,
                "Order id taken",
                "Order " + earlier.orderId() + " is written already, with other content");
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
     * A sure no for a passing reason: nothing was changed.
     *
     * @param orderId the order that was not placed
     * @return 503
     */
    public static Problem notPlaced(UUID orderId) {
        return new Problem(
                "not-placed",
                503,
                "Not placed",
                "Order " + orderId + " was not placed and nothing was changed; the same request may be sent again");
    }

    /**
     * A sure no: nothing was changed. Whether the request may be sent again is told by its reason.
     *
     * @param orderId the order that was not placed
     * @param failure why
     * @return 503 if the reason may pass, 422 if a database refuses the content, 500 if it is a fault of ours
     */
    public static Problem notPlaced(UUID orderId, Throwable failure) {
        if (Failures.isPassing(failure)) {
            return notPlaced(orderId);
        }
        return Failures.refusal(failure)
                .map(sqlState -> refusedByDatabase("Order " + orderId + " was not placed", sqlState))
                .orElseGet(() -> Failures.isOurs(failure) ? internalError() : notPlaced(orderId));
    }

    /**
     * A sure no, for ever: nothing was changed, and the same request would be refused again.
     *
     * @param no what was not done
     * @param sqlState the database's reason
     * @return 422
     */
    public static Problem refusedByDatabase(String no, String sqlState) {
        return new Problem(
                "refused-by-database",
                422,
                "Refused by a database",
                no + " and nothing was changed: a database refuses its content (SQLSTATE " + sqlState
                        + "), and would refuse it again",
                Json.createObjectBuilder().add("sqlState", sqlState).build());
    }

    /**
     * Neither yes nor no.
     *
     * @param orderId the order whose transaction is undecided
     * @return 503
     */
    public static Problem outcomeUnknown(UUID orderId) {
        return new Problem(
                "outcome-unknown",
                503,
                "Outcome unknown",
                "Whether order " + orderId + " is placed cannot be told yet; ask for it at Location");
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
