package dev.lockstep.tests;

import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/**
 * An observer of a product that is sold by tickets alone. It looks at the databases one after the other, as anybody must.
 *
 * <p>By the counter: with the orders read before, {@code taken} less the pieces ordered is in flight, never negative. By the tickets' ids:
 * if nobody took stock between a look at the product database and the next, the orders read between them belong to the same instant, and the
 * takings whose tickets are not READY are in flight.
 */
final class TicketBooks {

    private static final String PRODUCT = """
            SELECT product_nums, coalesce(taken, 0) AS taken, coalesce(last_claim, 0) AS last_claim,
                   ARRAY(SELECT ticket_id FROM ticket_taking AS t WHERE t.product_id = p.product_id) AS takings
            FROM product AS p LEFT JOIN ticket_stock AS d ON d.product_id = p.product_id WHERE p.product_id = ?
            """;

    private static final String ORDERS = """
            SELECT (SELECT coalesce(sum(quantity), 0) FROM customer_order WHERE product_id = ?) AS ordered,
                   (SELECT coalesce(sum(quantity), 0) FROM ticket WHERE ticket_id = ANY (?) AND state <> 'READY') AS in_flight
            """;

    private static final Duration LIMIT = Duration.ofSeconds(30);

    private final Databases databases;
    private final int productId;
    private final long initial;
    private final List<String> contradictions = new ArrayList<>();
    private volatile int inFlight;

    private record ProductLook(long stock, long taken, long lastClaim, List<UUID> takings) {}

    private record OrdersLook(long ordered, long inFlight) {}

    TicketBooks(Databases databases, int productId, long initial) {
        this.databases = databases;
        this.productId = productId;
        this.initial = initial;
    }

    /** Looks as often as it can until so many pieces are ordered; returns how often by ids. */
    int lookUntilAllAreServed(long pieces) throws SQLException {
        int exact = 0;
        long end = System.nanoTime() + LIMIT.toNanos();
        try (Connection product = databases.product().getConnection();
                Connection orders = databases.orders().getConnection()) {
            OrdersLook between;
            do {
                ProductLook before = product(product);
                between = orders(orders, before.takings);
                ProductLook after = product(product);
                require(after.stock + after.taken == initial, "stock and taken: " + after);
                require(after.taken >= between.ordered, "ordered before it was taken: " + between + ", " + after);
                if (before.lastClaim == after.lastClaim) {
                    exact++;
                    require(after.stock + between.ordered + between.inFlight == initial, between + ", " + after);
                    inFlight = between.inFlight > 0 ? inFlight + 1 : inFlight;
                }
            } while (between.ordered < pieces && System.nanoTime() < end);
        }
        return exact;
    }

    private void require(boolean isTrue, String otherwise) {
        if (!isTrue) {
            contradictions.add(otherwise);
        }
    }

    private ProductLook product(Connection connection) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(PRODUCT)) {
            statement.setInt(1, productId);
            try (ResultSet row = statement.executeQuery()) {
                row.next();
                return new ProductLook(
                        row.getLong("product_nums"), row.getLong("taken"), row.getLong("last_claim"), List.of((UUID[])
                                row.getArray("takings").getArray()));
            }
        }
    }

    private OrdersLook orders(Connection connection, List<UUID> takings) throws SQLException {
        Array ids = connection.createArrayOf("uuid", takings.toArray());
        try (PreparedStatement statement = connection.prepareStatement(ORDERS)) {
            statement.setInt(1, productId);
            statement.setArray(2, ids);
            try (ResultSet row = statement.executeQuery()) {
                row.next();
                return new OrdersLook(row.getLong("ordered"), row.getLong("in_flight"));
            }
        }
    }

    List<String> contradictions() {
        return contradictions;
    }

    /** How many looks found stock that was taken and not yet ordered, and all pieces nevertheless. */
    int looksWithPiecesInFlight() {
        return inFlight;
    }
}
