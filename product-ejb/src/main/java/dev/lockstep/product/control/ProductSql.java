package dev.lockstep.product.control;

import jakarta.ejb.EJBException;
import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;

/** Plain SQL on the product database, for what JPA has no words for: arrays, several changes in one statement. */
public final class ProductSql {

    private final DataSource database;

    /**
     * Works with a pool.
     *
     * @param database the pool
     */
    public ProductSql(DataSource database) {
        this.database = database;
    }

    /** What is done with a connection. */
    @FunctionalInterface
    public interface Work<T> {

        /**
         * Does it.
         *
         * @param connection the connection of the calling thread's transaction; without one each statement commits itself
         * @return what came of it
         * @throws SQLException if the database refuses
         */
        T with(Connection connection) throws SQLException;
    }

    /**
     * Works with a connection, which is given back.
     *
     * @param work what to do
     * @return what came of it
     * @throws EJBException if the database refuses, which is its cause; the transaction is rolled back
     */
    public <T> T run(Work<T> work) {
        try (Connection connection = database.getConnection()) {
            return work.with(connection);
        } catch (SQLException e) {
            throw new EJBException(e);
        }
    }
}
