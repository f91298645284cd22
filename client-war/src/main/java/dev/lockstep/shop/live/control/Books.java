package dev.lockstep.shop.live.control;

import dev.lockstep.order.boundary.NewOrder;

/**
 * The sum that must never change: {@code initial = stock + ordered + inFlight + forTickets + missing}, where {@code missing} is 0 unless the
 * two databases contradict each other.
 *
 * <p>They are never read at the same time, and either may commit first, so a plain difference proves nothing. What a {@link Reading} proves
 * rests on the protocols, of which there are two; each has its {@link Part}. The pieces of tickets are counted apart in both databases and
 * change together with the others, so neither part sees anything of the other.
 *
 * <h2>Orders by two-phase commit</h2>
 * <em>Both branches of an order are prepared before either is committed</em>, whoever coordinates it. Let T be the pieces taken from stock,
 * O1 and O2 the pieces ordered as read before and after.
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
 * <h2>Orders by ticket</h2>
 * <em>A ticket's stock is committed before its order is, and given back before the ticket ends without one</em>, in local transactions. So at
 * every moment the pieces K taken for tickets are those ordered by ticket, B, and those of some of the unended tickets. B never falls. Let B1
 * and B2 be read before and after K, and m be what is missing of K.
 * <ul>
 *   <li><b>m &le; K − B1</b>: orders that were seen before K was read have their stock in K.
 *   <li><b>m &ge; K − B2 − U2 − (S2 − S1)</b>, where U are the pieces of unended tickets and S those of tickets that ended without an
 *       order, which nothing undoes. A ticket that has its stock in K had not ended without an order when K was read. So afterwards it is
 *       ordered, or has not ended, or ended without an order between the two readings of S. Tickets that were given meanwhile need no term of
 *       their own: they are in B2, U2 or S2 as well.
 * </ul>
 * In healthy databases m is 0, so 0 is between the two bounds and they are never accused. What was proven stands as far as the bounds let it:
 * {@code missing} is the number between them that is nearest to what it was before. With no ticket under way both are equal, and tell it exactly.
 * While tickets wait, less than their pieces can hide; that, too, waits for a lull.
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
     * @param inFlight pieces that left the shelf and are not in an order yet; negative, which those of tickets never are: that are in an
     *     order and not off the shelf yet
     * @param missing pieces that are proven to be neither; negative: pieces that should not be there
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

    private static long explained(int undecided) {
        return (long) undecided * NewOrder.QUANTITY_MAX;
    }
}
