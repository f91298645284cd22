package dev.lockstep.tests;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import javax.sql.DataSource;

/** Both databases, looked at from outside of the application. */
public record Databases(DataSource product, DataSource orders) {

    /** Adds a product of its own for a test. */
    public int productOf(int pieces) throws SQLException {
        int productId = ThreadLocalRandom.current().nextInt(1000, Integer.MAX_VALUE);
        try (Connection connection = product.getConnection();
                PreparedStatement insert = connection.prepareStatement("INSERT INTO product VALUES (?, ?, ?)")) {
            insert.setInt(1, productId);
            insert.setString(2, "Test product " + productId);
            insert.setInt(3, pieces);
            insert.executeUpdate();
        }
        return productId;
    }

    /** The pieces in stock. */
    public int stockOf(int productId) throws SQLException {
        return number(product, "SELECT product_nums FROM product WHERE product_id = ?", productId);
    }

    /** Whether somebody has a product's row locked. */
    boolean isLocked(int productId) throws SQLException {
        return number(
                        product,
                        "SELECT count(*) FROM (SELECT FROM product WHERE product_id = ? FOR UPDATE SKIP LOCKED) AS free",
                        productId)
                == 0;
    }

    /** The pieces in all orders of a product. */
    public int orderedOf(int productId) throws SQLException {
        return number(orders, "SELECT coalesce(sum(quantity), 0) FROM customer_order WHERE product_id = ?", productId);
    }

    /** How many orders of a product there are. */
    public int ordersOf(int productId) throws SQLException {
        return number(orders, "SELECT count(*) FROM customer_order WHERE product_id = ?", productId);
    }

    /** Whether an order is committed. */
    boolean hasOrder(UUID orderId) throws SQLException {
        return number(orders, "SELECT count(*) FROM customer_order WHERE order_id = ?", orderId) == 1;
    }

    /** Branches that are prepared now, in both databases. */
    public int prepared() throws SQLException {
        return preparedIn(product) + preparedIn(orders);
    }

    /** Branches that are prepared now in one database. */
    static int preparedIn(DataSource database) throws SQLException {
        return number(database, "SELECT count(*) FROM pg_prepared_xacts WHERE database = current_database()");
    }

    /** How many rows a query of a database's own views finds. */
    static int count(DataSource database, String query, Object... parameters) throws SQLException {
        return number(database, "SELECT count(*) FROM (" + query + ") AS found", parameters);
    }

    static int number(DataSource database, String query, Object... parameters) throws SQLException {
        try (Connection connection = database.getConnection();
                PreparedStatement statement = connection.prepareStatement(query)) {
            for (int i = 0; i < parameters.length; i++) {
                statement.setObject(i + 1, parameters[i]);
            }
            try (ResultSet row = statement.executeQuery()) {
                row.next();
                return row.getInt(1);
            }
        }
    }
}
