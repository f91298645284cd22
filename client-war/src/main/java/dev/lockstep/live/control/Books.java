package dev.lockstep.live.control;

import dev.lockstep.order.boundary.NewOrder;

/**
 * The sum that must never change: {@code initial = stock + ordered + inFlight + missing}, where {@code missing} is 0 unless the two
 * databases contradict each other.
 *
 * <p>They are never read at the same time, and either may commit first, so a plain difference proves nothing. What a
 * {@link Reading} proves rests on two-phase commit: <em>both branches of an order are prepared before either is committed</em>, whoever
 * coordinates it. Let T be the pieces taken from stock, O1 and O2 the pieces ordered as read before and after.
 * <ul>
 *   <li><b>T &gt; O2.</b> Orders that T holds and O2 does not must make up for it. Their branch in the orders database was prepared
 *       before T was read and not committed when O2 was, so every look between the two sees it prepared; {@code after.undecided} is such a
 *       look. It saw n branches, of one order each, so the orders under way explain at most n times the largest order.
 *   <li><b>T &lt; O1.</b> Likewise: orders that O1 holds and T does not were prepared in the product database all the time
 *       between, and {@code stock.undecided} is a look at that time.
 *   <li>Otherwise O passed T meanwhile, which is as it should be.
 * </ul>
 * More than that explains is proven to be missing (less than nothing: too much). One reading is enough, and it proves the same about orders
 * of other instances. It follows that with n = 0 any difference is a contradiction, and that healthy databases are never accused.
 *
 * <p>What was proven stands until a reading proves that all is even again: nothing ordered meanwhile, nothing prepared, no difference.
 * While orders pour in without a pause, neither a small contradiction nor its end can be proven; it waits for the first lull.
 *
 * @param initial pieces that ever came
 * @param stock pieces in stock
 * @param ordered pieces in orders
 * @param inFlight pieces that left the shelf and are not in an order yet; negative: that are in an order and not off the shelf yet
 * @param missing pieces that are proven to be neither; negative: pieces that should not be there
 */
public record Books(long initial, long stock, long ordered, long inFlight, long missing) {

    /**
     * The books when they are opened.
     *
     * @param reading what was read
     * @return what it says
     */
    static Books opened(Reading reading) {
        return judged(reading, 0);
    }

    /**
     * The books at a later time.
     *
     * @param reading what was read after these
     * @return what it says, and what was proven before
     */
    Books next(Reading reading) {
        return judged(reading, missing);
    }

    private static Books judged(Reading reading, long provenBefore) {
        long missing = missing(reading, provenBefore);
        long left = reading.taken() - missing;
        long before = reading.before().ordered();
        long after = reading.after().ordered();
        // While the stock was read the orders were somewhere between, so they may have been just what had left.
        long ordered = Math.max(Math.min(before, after), Math.min(left, Math.max(before, after)));
        return new Books(reading.stock().initial(), reading.stock().stock(), ordered, left - ordered, missing);
    }

    private static long missing(Reading reading, long provenBefore) {
        if (reading.least() > explained(reading.after().undecided())) {
            return reading.least();
        }
        if (reading.most() < -explained(reading.stock().undecided())) {
            return reading.most();
        }
        return reading.isEven() ? 0 : provenBefore;
    }

    private static long explained(int undecided) {
        return (long) undecided * NewOrder.QUANTITY_MAX;
    }
}
