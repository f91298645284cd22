package dev.lockstep.shop.live.control;

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

    /** {@return pieces that have left the shelf by two-phase commit} */
    long taken() {
        return stock.initial() - stock.stock() - stock.takenForTickets();
    }

    /** {@return pieces ordered by two-phase commit, as read before} */
    long orderedBefore() {
        return before.ordered() - before.orderedByTicket();
    }

    /** {@return pieces ordered by two-phase commit, as read after} */
    long orderedAfter() {
        return after.ordered() - after.orderedByTicket();
    }

    /** {@return the least that may have been missing from the orders when the stock was read, if no order was under way} */
    long least() {
        return taken() - orderedAfter();
    }

    /** {@return the most, likewise} */
    long most() {
        return taken() - orderedBefore();
    }

    /** {@return whether nothing was written or prepared meanwhile and all pieces but those for tickets are accounted for} */
    boolean isEven() {
        return least() == 0 && most() == 0 && before.undecided() + stock.undecided() + after.undecided() == 0;
    }

    /** {@return the least that is missing from the orders by ticket, even if every ticket that may have its stock has it} */
    long leastForTickets() {
        long refused = after.soldOut() - before.soldOut();
        return stock.takenForTickets() - after.orderedByTicket() - after.unended() - refused;
    }

    /** {@return the most, if no ticket has stock without an order} */
    long mostForTickets() {
        return stock.takenForTickets() - before.orderedByTicket();
    }
}
