package dev.lockstep.tests.flow.plain;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import javax.naming.InitialContext;
import javax.naming.NamingException;
import javax.sql.DataSource;

/** Lines in the database that each Jakarta EE server has by default. */
final class Ledger {

    private final DataSource database;

    @SuppressWarnings("BanJNDI") // a name of the specification, and nobody's input
    Ledger() {
        try {
            database = InitialContext.doLookup("java:comp/DefaultDataSource");
        } catch (NamingException e) {
            throw new IllegalStateException(e);
        }
        execute("CREATE TABLE IF NOT EXISTS ledger (line VARCHAR(100) PRIMARY KEY)");
    }

    void write(String line) {
        try (Connection connection = database.getConnection();
                PreparedStatement insert = connection.prepareStatement("INSERT INTO ledger VALUES (?)")) {
            insert.setString(1, line);
            insert.executeUpdate();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private void execute(String sql) {
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** All lines in their order. */
    String lines() {
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SELECT line FROM ledger ORDER BY line")) {
            StringBuilder lines = new StringBuilder();
            while (rows.next()) {
                lines.append(rows.getString(1)).append(' ');
            }
            return lines.toString().strip();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    void clear() {
        execute("DELETE FROM ledger");
    }
}
