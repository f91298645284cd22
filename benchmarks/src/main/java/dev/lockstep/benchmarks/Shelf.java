package dev.lockstep.benchmarks;

/**
 * The products of one round, which nobody else orders.
 *
 * @param first the id of the first
 * @param size how many there are
 */
record Shelf(int first, int size) {

    /** More than a round can sell. */
    static final int STOCK_OF_EACH = 10_000_000;

    int any(Demand demand) {
        return first + demand.place(size);
    }

    int last() {
        return first + size - 1;
    }
}
