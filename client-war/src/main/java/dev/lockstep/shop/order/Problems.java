package dev.lockstep.shop.order;

import dev.lockstep.order.boundary.PlacedOrder;
import dev.lockstep.product.boundary.OutOfStockException;
import dev.lockstep.product.boundary.UnknownProductException;
import dev.lockstep.web.Failures;
import dev.lockstep.web.HttpProblems;
import dev.lockstep.web.Problem;
import jakarta.json.Json;
import java.time.Duration;
import java.util.UUID;

/** What can be wrong with an order; {@link HttpProblems} has what can be wrong with any request. */
public final class Problems {

    private Problems() {}

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
     * There are fewer pieces than asked for.
     *
     * @param refusal the product service's refusal
     * @return 409
     */
    public static Problem outOfStock(OutOfStockException refusal) {
        return outOfStock(refusal.productId(), refusal.requested(), refusal.available());
    }

    /**
     * There are fewer pieces than asked for.
     *
     * @param productId the product
     * @param requested pieces asked for
     * @param available pieces that there were
     * @return 409
     */
    public static Problem outOfStock(int productId, int requested, int available) {
        return new Problem(
                "out-of-stock",
                409,
                "Out of stock",
                "Product " + productId + " has " + available + " pieces left, " + requested + " were asked for",
                Json.createObjectBuilder()
                        .add("productId", productId)
                        .add("requested", requested)
                        .add("available", available)
                        .build());
    }

    /**
     * As many orders wait as may. It says nothing of an earlier request with the same id.
     *
     * @param max how many may
     * @return 503
     */
    public static Problem busy(int max) {
        return new Problem(
                "busy",
                503,
                "Busy",
                max + " orders wait already; this request has changed nothing, and may be sent again");
    }

    /**
     * It has waited for a commit, and none began. It says nothing of an earlier request with the same id.
     *
     * @param patience how long
     * @return 503
     */
    public static Problem waitedInVain(Duration patience) {
        return new Problem(
                "busy",
                503,
                "Busy",
                "This request has waited for " + patience.toSeconds()
                        + " s; it has changed nothing, and may be sent again");
    }

    /** {@return 503, when the shop closes; it says nothing of an earlier request with the same id} */
    public static Problem closing() {
        return new Problem(
                "busy", 503, "Busy", "The shop is closing; this request has changed nothing, and may be sent again");
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
                .orElseGet(() -> Failures.isOurs(failure) ? HttpProblems.internalError() : notPlaced(orderId));
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
}
