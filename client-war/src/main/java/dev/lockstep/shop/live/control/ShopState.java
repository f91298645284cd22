package dev.lockstep.shop.live.control;

import dev.lockstep.order.boundary.PlacedOrder;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What is known of the shop.
 *
 * @param shelf as last read, or null
 * @param orders the newest, as last read, or null
 * @param books as last read, or null
 * @param away the databases that do not answer, and since when; what was read of them before stays
 */
record ShopState(Shelf shelf, List<PlacedOrder> orders, ReadBooks books, Map<String, Instant> away) {

    static final ShopState UNKNOWN = new ShopState(null, null, null, Map.of());

    /**
     * The sum, and how often it is read.
     *
     * @param books the sum
     * @param everySeconds so far apart its readings are; 1 for less than five seconds, which makes no difference to who looks
     */
    record ReadBooks(Books books, long everySeconds) {}

    Optional<Shelf> knownShelf() {
        return Optional.ofNullable(shelf);
    }

    Optional<List<PlacedOrder>> knownOrders() {
        return Optional.ofNullable(orders);
    }

    Optional<ReadBooks> knownBooks() {
        return Optional.ofNullable(books);
    }

    /** The same, but for the sum. */
    ShopState with(ReadBooks read) {
        return new ShopState(shelf, orders, read, away);
    }

    /** The same, but for a database that does not answer either. */
    ShopState without(String database, Instant since) {
        Map<String, Instant> more = new TreeMap<>(away);
        more.putIfAbsent(database, since);
        return new ShopState(shelf, orders, books, more);
    }
}
