package dev.lockstep.live.control;

import dev.lockstep.order.boundary.OrderTotals;
import dev.lockstep.product.boundary.StockTotals;

/**
 * Both databases, read one after the other, since nothing can read them at once.
 *
 * @param before the orders, read first
 * @param stock the stock, asked for after {@code before} was answered
 * @param after the orders, asked for after {@code stock} was answered
 */
record Reading(OrderTotals before, StockTotals stock, OrderTotals after) {

    /** {@return pieces that have left the shelf} */
    long taken() {
        return stock.initial() - stock.stock();
    }

    /** {@return the least that may have been missing from the orders when the stock was read, if no order was under way} */
    long least() {
        return taken() - after.ordered();
    }

    /** {@return the most, likewise} */
    long most() {
        return taken() - before.ordered();
    }

    /** {@return whether nothing was written or prepared meanwhile and all pieces are accounted for} */
    boolean isEven() {
        return least() == 0 && most() == 0 && before.undecided() + stock.undecided() + after.undecided() == 0;
    }
}
