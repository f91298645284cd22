package dev.lockstep.shop.live.control;

import dev.lockstep.order.boundary.NewOrder;

/**
 * The sum that must never change: {@code initial = stock + ordered + inFlight + forTickets + missing}. If {@code missing} is not 0, the two
 * databases contradict each other.
 *
 * <p>Nobody can read both databases at once, and either may commit first. So a plain difference proves nothing. The protocols decide what a
 * {@link Reading} proves. There are two protocols, and each has its {@link Part}. The pieces of tickets are counted apart in both databases
 * and change together with the others. So neither part sees anything of the other.
 *
 * <h2>Orders by two-phase commit</h2>
 * The fact that helps: <em>both branches of an order are prepared before either is committed</em>, whoever coordinates it. A branch has one
 * order or several that share it, at most B: the order service refuses to write more at once. T is the number of pieces taken from stock. O1
 * and O2 are the pieces ordered, as read before and after T.
 * <pre>
 *  orders read      look at product,      look at orders,      orders read again
 *  (O1)             stock read (T)        (n prepared)         (O2)
 *                         |                     |                   |
 *  prepared in both ------+---- committed ------+-------------------+---- committed
 *                         |     in product      |                   |     in orders
 *                    T has the order    this look sees it    O2 has it not
 * </pre>
 * <ul>
 *   <li><b>T &gt; O2.</b> There are orders that T has and O2 has not. Their branch in the orders database was prepared before T was read,
 *       and not committed when O2 was. So each look between the two sees it, and {@code after.undecided} is such a look. It saw n branches. So
 *       T has at most n times B orders more, and they explain at most n times B times the largest order. A shared branch counts once, however
 *       many of its orders T has: all of them are in it, and in no other.
 *   <li><b>T &lt; O1.</b> There are orders that O1 has and T has not. They were prepared in the product database all the time between, and
 *       {@code stock.undecided} is a look at that time.
 *   <li>Otherwise O passed T in between, as it should.
 * </ul>
 * What is beyond that is proven to be missing (less than nothing: too much). One reading is enough, also about orders of other instances. With
 * n = 0 any difference is a contradiction. Healthy databases are never accused.
 *
 * <p>What was proven stands until a reading proves that all is even again: nothing ordered in between, nothing prepared, no difference. While
 * orders pour in without a pause, neither a small contradiction nor its end can be proven. It waits for the first lull.
 *
 * <h2>Orders by ticket</h2>
 * The fact that helps: <em>a ticket's stock is committed before its order is, and given back before the ticket ends without one</em>, in
 * local transactions. K is the number of pieces taken for tickets. B are the pieces ordered by ticket; they never fall. At every moment K
 * is B and the pieces of some of the tickets that have not ended. B1 and B2 are read before and after K. Let m be what is missing of K.
 * <ul>
 *   <li><b>m &le; K − B1</b>: if an order was seen before K was read, its stock is in K.
 *   <li><b>m &ge; K − B2 − U2 − (S2 − S1)</b>. U are the pieces of tickets that have not ended. S are those of tickets that ended without
 *       an order, which nothing undoes. A ticket that has its stock in K had not ended without an order when K was read. So afterwards it
 *       is ordered, or has not ended, or ended without an order between the two readings of S. A ticket that was given in between needs no
 *       term of its own, since it is in B2, U2 or S2 as well.
 * </ul>
 * In healthy databases m is 0. So 0 is between the two bounds, and they are never accused. What was proven stands as far as the bounds let it:
 * {@code missing} is the number between them that is nearest to the one before. With no ticket under way both bounds are equal, and tell it
 * exactly. While tickets wait, a loss smaller than their pieces can hide; that, too, waits for a lull.
 *
 * @param initial pieces that ever came
 * @param stock pieces in stock
 * @param atOnce of two-phase commit
 * @param byTicket of tickets
 */
record Books(long initial, long stock, Part atOnce, Part byTicket) {

    /**
     * What left the shelf in one of the two ways.
     *
     * @param ordered pieces in orders
     * @param inFlight pieces that left the shelf and are not in an order yet; if negative, pieces in an order that have not left the shelf yet
     *     (those of tickets never are)
     * @param missing pieces that are proven to be neither; if negative, pieces that should not be there
     */
    record Part(long ordered, long inFlight, long missing) {

        private static final Part NONE = new Part(0, 0, 0);
    }

    /**
     * The books when they are opened.
     *
     * @param reading what was read
     * @return what it says
     */
    static Books opened(Reading reading) {
        return new Books(0, 0, Part.NONE, Part.NONE).next(reading);
    }

    /**
     * The books at a later time.
     *
     * @param reading what was read after these
     * @return what it says, and what was proven before
     */
    Books next(Reading reading) {
        return new Books(
                reading.stock().initial(),
                reading.stock().stock(),
                atOnce(reading, atOnce.missing),
                byTicket(reading, byTicket.missing));
    }

    /** {@return pieces in orders} */
    long ordered() {
        return atOnce.ordered + byTicket.ordered;
    }

    /** {@return pieces of two-phase commit that are in one database only, see {@link Part}} */
    long inFlight() {
        return atOnce.inFlight;
    }

    /** {@return pieces that left the shelf for tickets and are not in an order yet} */
    long forTickets() {
        return byTicket.inFlight;
    }

    /** {@return pieces that are proven to be missing; negative: to be too many} */
    long missing() {
        return atOnce.missing + byTicket.missing;
    }

    private static Part atOnce(Reading reading, long provenBefore) {
        long missing = missing(reading, provenBefore);
        long left = reading.taken() - missing;
        long before = reading.orderedBefore();
        long after = reading.orderedAfter();
        // While the stock was read the orders were somewhere between, so they may have been just what had left.
        long ordered = Math.max(Math.min(before, after), Math.min(left, Math.max(before, after)));
        return new Part(ordered, left - ordered, missing);
    }

    private static Part byTicket(Reading reading, long provenBefore) {
        long missing = Math.max(reading.leastForTickets(), Math.min(provenBefore, reading.mostForTickets()));
        long left = reading.stock().takenForTickets() - missing;
        // As read before: those afterwards may have taken their stock after it was read. Fewer afterwards: some are
        // lost.
        long ordered =
                Math.min(reading.before().orderedByTicket(), reading.after().orderedByTicket());
        return new Part(ordered, left - ordered, missing);
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

    /** The most pieces of so many branches. */
    private static long explained(int undecided) {
        return (long) undecided * NewOrder.TOGETHER_MAX * NewOrder.QUANTITY_MAX;
    }
}
