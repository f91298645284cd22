package dev.lockstep.benchmarks;

import java.util.concurrent.ThreadLocalRandom;

/**
 * The products of one round, which nobody else orders.
 *
 * @param first the id of the first
 * @param size how many there are
 */
record Shelf(int first, int size) {

    /** More than a round can sell. */
    static final int STOCK_OF_EACH = 10_000_000;

    int any() {
        return first + ThreadLocalRandom.current().nextInt(size);
    }

    int last() {
        return first + size - 1;
    }
}
