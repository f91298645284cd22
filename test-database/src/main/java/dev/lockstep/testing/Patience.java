package dev.lockstep.testing;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Waits for states. */
final class Patience {

    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(5);

    private Patience() {}

    /**
     * Returns when a state is reached.
     *
     * @param state its name, in a sentence
     * @param isReached looked at again and again
     * @throws IllegalStateException if it is not reached within half a minute
     */
    static void await(String state, BooleanSupplier isReached) {
        long begin = System.nanoTime();
        while (!isReached.getAsBoolean()) {
            if (System.nanoTime() - begin > LIMIT.toNanos()) {
                throw new IllegalStateException("Not within " + LIMIT + ": " + state);
            }
            LockSupport.parkNanos(BETWEEN_LOOKS.toNanos());
        }
    }
}
