package dev.lockstep.live.control;

import dev.lockstep.order.boundary.PlacedOrder;
import dev.lockstep.product.boundary.StockItem;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What is known of the shop.
 *
 * @param products as last read, or null
 * @param orders the newest, as last read, or null
 * @param books as last read, or null
 * @param away the databases that do not answer, and since when; what was read of them before stays
 */
record ShopState(List<StockItem> products, List<PlacedOrder> orders, Books books, Map<String, Instant> away) {

    static final ShopState UNKNOWN = new ShopState(null, null, null, Map.of());

    Optional<List<StockItem>> knownProducts() {
        return Optional.ofNullable(products);
    }

    Optional<List<PlacedOrder>> knownOrders() {
        return Optional.ofNullable(orders);
    }

    Optional<Books> knownBooks() {
        return Optional.ofNullable(books);
    }

    /** The same, but for a database that does not answer either. */
    ShopState without(String database, Instant since) {
        Map<String, Instant> more = new TreeMap<>(away);
        more.putIfAbsent(database, since);
        return new ShopState(products, orders, books, more);
    }
}
