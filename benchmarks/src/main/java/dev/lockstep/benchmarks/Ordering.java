package dev.lockstep.benchmarks;

import java.io.IOException;
import java.util.Optional;
import java.util.UUID;

/** How one client orders: over HTTP, or by statements of its own. For one thread. */
interface Ordering extends AutoCloseable {

    /**
     * Orders, and waits for the answer.
     *
     * @throws Exception if there was no answer, which fails the benchmark
     */
    Reply order(int productId, int quantity) throws Exception;

    @Override
    void close() throws IOException;

    /**
     * An answer.
     *
     * @param placed the id of the order, if the answer was a yes
     * @param refusal what was said otherwise
     */
    record Reply(Optional<UUID> placed, String refusal) {

        static Reply yes(UUID id) {
            return new Reply(Optional.of(id), "");
        }

        static Reply no(String refusal) {
            return new Reply(Optional.empty(), refusal);
        }
    }

    /** Where each client gets its own. */
    interface Entrance {

        Ordering open() throws Exception;
    }
}
