package dev.lockstep.rest.product;

import dev.lockstep.product.boundary.OutOfStockException;
import dev.lockstep.product.boundary.UnknownProductException;
import dev.lockstep.web.Problem;
import dev.lockstep.web.rest.ProblemMapper;
import jakarta.json.Json;
import java.util.Optional;

/** The refusals of the product service as problems. */
public final class StockProblems extends ProblemMapper {

    @Override
    protected Optional<Problem> refusal(RuntimeException thrown) {
        if (thrown instanceof OutOfStockException refusal) {
            return Optional.of(new Problem(
                    "out-of-stock",
                    409,
                    "Out of stock",
                    refusal.getMessage(),
                    Json.createObjectBuilder()
                            .add("productId", refusal.productId())
                            .add("requested", refusal.requested())
                            .add("available", refusal.available())
                            .build()));
        }
        if (thrown instanceof UnknownProductException) {
            return Optional.of(new Problem("unknown-product", 404, "Unknown product", thrown.getMessage()));
        }
        return Optional.empty();
    }
}
