package dev.lockstep.tests.flow.inside;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import javax.naming.InitialContext;
import javax.naming.NamingException;
import javax.sql.DataSource;

/**
 * What is bought.
 *
 * @param id a UUID
 * @param product the product
 * @param quantity how many pieces
 */
record Order(String id, int product, int quantity) {

    private static final String INSERT =
            "INSERT INTO customer_order (order_id, order_name, create_time, product_id, quantity)"
                    + " VALUES (?::uuid, 'of a flow', now(), ?, ?)";

    /** Writes it into this machine's own database, at once: its branch comes before those of the servers that are called then. */
    @SuppressWarnings("BanJNDI") // a name of this server, and nobody's input
    void writeHere() {
        try (Connection connection =
                        InitialContext.<DataSource>doLookup("jdbc/orders").getConnection();
                PreparedStatement insert = connection.prepareStatement(INSERT)) {
            insert.setString(1, id);
            insert.setInt(2, product);
            insert.setInt(3, quantity);
            insert.executeUpdate();
        } catch (NamingException | SQLException e) {
            throw new IllegalStateException("Order " + id + " cannot be written", e);
        }
    }
}
