package dev.lockstep.tests;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;

/** The queue of a product, claimed by a test as a worker does: nobody serves it until the test lets go. */
public final class HeldQueue implements AutoCloseable {

    private final Connection claim;

    public HeldQueue(Databases databases, int productId) throws SQLException {
        claim = databases.orders().getConnection();
        try (Statement statement = claim.createStatement()) {
            statement.execute(
                    "INSERT INTO ticket_queue (product_id) VALUES (" + productId + ") ON CONFLICT DO NOTHING");
            claim.setAutoCommit(false);
            statement.execute("SELECT FROM ticket_queue WHERE product_id = " + productId + " FOR UPDATE");
        } catch (SQLException e) {
            claim.close();
            throw e;
        }
    }

    /** Lets the workers have it. */
    public void release() throws SQLException {
        claim.close();
    }

    @Override
    public void close() throws SQLException {
        claim.close();
    }
}
