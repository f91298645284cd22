package dev.lockstep.product.boundary;

import dev.lockstep.product.control.ProductSql;
import dev.lockstep.testing.LocalTransaction;
import dev.lockstep.testing.TestDatabase;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;

/** A shop's stock on a real product database, and who takes from it. */
final class StockFixtures {

    static final TestDatabase PRODUCTS = TestDatabase.of("product");

    static final int TEA = 1;
    static final int COFFEE = 2;

    private StockFixtures() {}

    /** A product comes to the shop. */
    static void product(int productId, int pieces) {
        PRODUCTS.sql()
                .execute("INSERT INTO product (product_id, product_name, product_nums) VALUES (" + productId
                        + ", 'a product', " + pieces + ")");
    }

    static TicketStock stock(LocalTransaction transaction) {
        return new TicketStock(new ProductSql(transaction.dataSource()));
    }

    /** Does something with the stock in a transaction of its own, as the container does it: an exception rolls it back. */
    static <T> T committed(Function<TicketStock, T> work) {
        try (LocalTransaction transaction = PRODUCTS.begin()) {
            T result = work.apply(stock(transaction));
            transaction.commit();
            return result;
        }
    }

    static TicketTaking.Result taken(int productId, long claim, Map<UUID, Integer> wanted) {
        return taken(productId, claim, wanted, Set.of());
    }

    static TicketTaking.Result taken(int productId, long claim, Map<UUID, Integer> wanted, Set<UUID> ended) {
        return committed(stock -> stock.take(new TicketTaking(productId, claim, wanted, ended)));
    }

    static void givenBack(int productId, long claim, UUID... ticketIds) {
        committed(stock -> {
            stock.giveBack(productId, claim, List.of(ticketIds));
            return null;
        });
    }

    /** Which tickets have their stock. */
    static Set<UUID> takings(int productId) {
        return new TicketStock(new ProductSql(PRODUCTS.dataSource())).takings(productId);
    }

    /** What tickets want, in the order in which they are served. */
    @SafeVarargs
    static Map<UUID, Integer> wanted(Map.Entry<UUID, Integer>... tickets) {
        Map<UUID, Integer> wanted = new LinkedHashMap<>();
        for (Map.Entry<UUID, Integer> ticket : tickets) {
            wanted.put(ticket.getKey(), ticket.getValue());
        }
        return wanted;
    }

    /** The pieces in stock. */
    static int left(int productId) {
        return Integer.parseInt(
                PRODUCTS.sql().value("SELECT product_nums FROM product WHERE product_id = " + productId));
    }

    /** The pieces taken for tickets and not given back. */
    static int takenForTickets(int productId) {
        return Integer.parseInt(PRODUCTS.sql().value("SELECT taken FROM ticket_stock WHERE product_id = " + productId));
    }
}
