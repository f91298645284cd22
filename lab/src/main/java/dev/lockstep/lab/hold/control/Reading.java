package dev.lockstep.lab.hold.control;

import java.util.Optional;

/**
 * What another reader sees of a held order's two rows: what is committed, and who is in the way of a writer.
 *
 * @param stock pieces of the product, empty if there is no such product
 * @param productLock who has the product's row locked
 * @param isOrderThere whether the order can be read
 * @param orderLock who has the order's key locked
 */
public record Reading(
        Optional<Integer> stock, Optional<RowLock> productLock, boolean isOrderThere, Optional<RowLock> orderLock) {}
