package dev.lockstep.examples.bank;

import jakarta.ejb.EJBException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.OptionalLong;
import javax.sql.DataSource;

/** Statements of the thread's transaction. Plain JDBC, since a change that returns no row is an answer here; JPA looks first and writes later. */
public record Sql(DataSource database) {

    /** {@return the number in the first row that a query, or a change, returns} */
    public OptionalLong first(String sql, Object... values) {
        try (Connection connection = database.getConnection();
                PreparedStatement statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < values.length; i++) {
                statement.setObject(i + 1, values[i]);
            }
            ResultSet row = statement.executeQuery();
            return row.next() ? OptionalLong.of(row.getLong(1)) : OptionalLong.empty();
        } catch (SQLException e) {
            throw new EJBException(e);
        }
    }
}
