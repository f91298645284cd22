package dev.lockstep.testing;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;

/**
 * Plain SQL with which a test sets the scene and looks at what came of it.
 *
 * @param dataSource where it is run
 */
public record PlainSql(DataSource dataSource) {

    /**
     * Runs statements.
     *
     * @param statements one or more
     */
    public void execute(String statements) {
        try (Connection connection = dataSource.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(statements);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /**
     * Asks.
     *
     * @param query a query
     * @return the first column of its rows, as text
     */
    public List<String> column(String query) {
        List<String> values = new ArrayList<>();
        try (Connection connection = dataSource.getConnection();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(query)) {
            while (rows.next()) {
                values.add(rows.getString(1));
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
        return values;
    }

    /**
     * Asks for one value.
     *
     * @param query a query of one row
     * @return its first column, as text
     */
    public String value(String query) {
        List<String> values = column(query);
        if (values.size() != 1) {
            throw new IllegalStateException(values.size() + " rows: " + query);
        }
        return values.get(0);
    }
}
