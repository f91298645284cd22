package dev.lockstep.product.control;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;

/**
 * The stock of several products, on the connection of one transaction. A method is a statement and decides nothing. For one thread, and no longer
 * than the connection.
 *
 * @param connection the connection, which stays open
 */
public record Stock(Connection connection) {

    /**
     * Locks are taken one after the other by ascending product, for {@code FOR UPDATE} stands above the sort. So two transactions that take stock
     * of several products never wait for each other in a circle. What was read is what there is, since a row is read again once it is locked. Nobody
     * waits longer than a second for a row, since others wait with him.
     */
    private static final String TAKE_ALL_OR_READ = """
            WITH wanted AS MATERIALIZED (
                SELECT * FROM unnest(?, ?) AS w (product_id, pieces)),
            locked AS MATERIALIZED (
                SELECT product_id, product_nums FROM product
                WHERE product_id IN (SELECT product_id FROM wanted) AND set_config('lock_timeout', '1s', true) = '1s'
                ORDER BY product_id FOR NO KEY UPDATE),
            taken AS (
                UPDATE product AS p SET product_nums = p.product_nums - w.pieces
                FROM locked AS l JOIN wanted AS w ON w.product_id = l.product_id
                WHERE p.product_id = l.product_id AND l.product_nums >= w.pieces)
            SELECT product_id, product_nums FROM locked
            """;

    private static final String TAKE = """
            UPDATE product AS p SET product_nums = p.product_nums - w.pieces
            FROM unnest(?, ?) AS w (product_id, pieces) WHERE p.product_id = w.product_id
            """;

    /**
     * Takes pieces of each product that has enough of them, and locks all these products until the transaction ends.
     *
     * @param pieces how many of which product
     * @return how many each product had before, those that have too few included; a product that is not there is not there
     * @throws SQLException if the database refuses, or if somebody has kept a product for a second
     */
    public Map<Integer, Integer> takeAllOrRead(Map<Integer, Long> pieces) throws SQLException {
        try (PreparedStatement statement = prepared(TAKE_ALL_OR_READ, pieces);
                ResultSet row = statement.executeQuery()) {
            Map<Integer, Integer> before = new HashMap<>();
            while (row.next()) {
                before.put(row.getInt(1), row.getInt(2));
            }
            return before;
        }
    }

    /**
     * Takes pieces of products that this transaction has locked.
     *
     * @param pieces how many of which product, no more than there are
     * @throws SQLException if the database refuses
     */
    public void take(Map<Integer, Long> pieces) throws SQLException {
        try (PreparedStatement statement = prepared(TAKE, pieces)) {
            statement.executeUpdate();
        }
    }

    private PreparedStatement prepared(String sql, Map<Integer, Long> pieces) throws SQLException {
        PreparedStatement statement = connection.prepareStatement(sql);
        try {
            statement.setArray(
                    1, connection.createArrayOf("int4", pieces.keySet().toArray()));
            statement.setArray(
                    2, connection.createArrayOf("int8", pieces.values().toArray()));
            return statement;
        } catch (SQLException | RuntimeException e) {
            statement.close();
            throw e;
        }
    }
}
