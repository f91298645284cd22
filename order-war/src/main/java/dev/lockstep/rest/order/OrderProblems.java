package dev.lockstep.rest.order;

import dev.lockstep.order.boundary.DuplicateOrderException;
import dev.lockstep.web.Problem;
import dev.lockstep.web.rest.ProblemMapper;
import java.util.Optional;

/** The refusals of the order service as problems. */
public final class OrderProblems extends ProblemMapper {

    @Override
    protected Optional<Problem> refusal(RuntimeException thrown) {
        return thrown instanceof DuplicateOrderException
                ? Optional.of(new Problem("order-id-taken", 409, "Order id taken", thrown.getMessage()))
                : Optional.empty();
    }
}
