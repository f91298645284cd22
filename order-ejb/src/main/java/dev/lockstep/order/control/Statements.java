package dev.lockstep.order.control;

import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * Statements on one connection, each with its values in their order. For one thread, and no longer than the connection.
 *
 * @param connection the connection, which stays open
 */
public record Statements(Connection connection) {

    /** What is read of a row. */
    @FunctionalInterface
    public interface Row<T> {

        /**
         * Reads the row.
         *
         * @param row the result, at the row
         * @return what it says, not null
         * @throws SQLException if a column is missing or of another type
         */
        T read(ResultSet row) throws SQLException;
    }

    /**
     * Asks.
     *
     * @param query a query
     * @param row reads a row
     * @param values the query's values, none null
     * @return all rows
     * @throws SQLException if the database refuses
     */
    public <T> List<T> rows(String query, Row<T> row, Object... values) throws SQLException {
        try (PreparedStatement statement = prepared(query, values);
                ResultSet result = statement.executeQuery()) {
            List<T> rows = new ArrayList<>();
            while (result.next()) {
                rows.add(row.read(result));
            }
            return rows;
        }
    }

    /**
     * Asks for one row.
     *
     * @param query a query
     * @param row reads the row
     * @param values the query's values, none null
     * @return the first row, or empty if there is none
     * @throws SQLException if the database refuses
     */
    public <T> Optional<T> row(String query, Row<T> row, Object... values) throws SQLException {
        return rows(query, row, values).stream().findFirst();
    }

    /**
     * Changes rows.
     *
     * @param statement an INSERT, UPDATE or DELETE
     * @param values its values, none null
     * @return how many rows it changed
     * @throws SQLException if the database refuses
     */
    public int update(String statement, Object... values) throws SQLException {
        try (PreparedStatement prepared = prepared(statement, values)) {
            return prepared.executeUpdate();
        }
    }

    /**
     * Runs a statement whose result nobody reads.
     *
     * @param statement any statement
     * @param values its values, none null
     * @throws SQLException if the database refuses
     */
    public void run(String statement, Object... values) throws SQLException {
        try (PreparedStatement prepared = prepared(statement, values)) {
            prepared.execute();
        }
    }

    /**
     * Makes a value of many.
     *
     * @param type the elements' type in the database
     * @param elements the elements; null stands for NULL
     * @return the value
     * @throws SQLException if the connection is closed
     */
    public Array array(String type, Collection<?> elements) throws SQLException {
        return connection.createArrayOf(type, elements.toArray());
    }

    private PreparedStatement prepared(String statement, Object... values) throws SQLException {
        PreparedStatement prepared = connection.prepareStatement(statement);
        try {
            for (int i = 0; i < values.length; i++) {
                prepared.setObject(i + 1, values[i]);
            }
            return prepared;
        } catch (SQLException | RuntimeException e) {
            prepared.close();
            throw e;
        }
    }
}
