package dev.lockstep.tests.killmatrix;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Waits for something that should become true, and tells how long that took. */
public final class Patience {

    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(20);

    private Patience() {}

    /** Waits; empty if it did not become true within the limit. */
    public static Optional<Duration> until(Duration limit, BooleanSupplier condition) {
        long begin = System.nanoTime();
        while (true) {
            boolean isTrue = condition.getAsBoolean();
            Duration waited = Duration.ofNanos(System.nanoTime() - begin);
            if (isTrue) {
                return Optional.of(waited);
            }
            if (waited.compareTo(limit) > 0) {
                return Optional.empty();
            }
            LockSupport.parkNanos(BETWEEN_LOOKS.toNanos());
        }
    }

    /** Waits for something without which the test makes no sense. */
    public static Duration require(Duration limit, String what, BooleanSupplier condition) {
        return until(limit, condition)
                .orElseThrow(() -> new IllegalStateException("Not within " + limit + ": " + what));
    }

    /** Lets a time pass that is part of the scenario, such as how long a victim is away. */
    public static void pass(Duration time) {
        long end = System.nanoTime() + time.toNanos();
        for (long left = time.toNanos(); left > 0; left = end - System.nanoTime()) {
            LockSupport.parkNanos(left);
        }
    }
}
