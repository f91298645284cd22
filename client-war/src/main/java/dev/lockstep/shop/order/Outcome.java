package dev.lockstep.shop.order;

import dev.lockstep.order.boundary.PlacedOrder;
import dev.lockstep.web.Problem;

/** What became of an order, as far as can be told now. */
public sealed interface Outcome {

    /** {@return the HTTP status that tells it} */
    int status();

    /**
     * Yes.
     *
     * @param order the order as it is written
     * @param isNew whether this request wrote it
     */
    record Written(PlacedOrder order, boolean isNew) implements Outcome {
        @Override
        public int status() {
            return isNew ? 201 : 200;
        }
    }

    /**
     * A sure no.
     *
     * @param problem why
     */
    record Refused(Problem problem) implements Outcome {
        @Override
        public int status() {
            return problem.status();
        }
    }

    /** Neither yes nor no: whoever asks again will be told. */
    record Unknown() implements Outcome {
        @Override
        public int status() {
            return 503;
        }
    }
}
