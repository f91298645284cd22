package dev.lockstep.tests;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;

/** The server processes behind a pool's connections, which can be ended under it. */
final class Backends {

    /** As {@code lockstep.asadmin} sets {@code steady-pool-size}. */
    private static final int STEADY_POOL = 4;

    private Backends() {}

    static boolean terminateAllBut(DataSource database, int backend) throws Exception {
        try (Connection connection = database.getConnection();
                PreparedStatement statement = connection.prepareStatement(
                        "SELECT count(pg_terminate_backend(pid, 5000)) FROM pg_stat_activity"
                                + " WHERE application_name = 'lockstep' AND pid NOT IN (?, pg_backend_pid())")) {
            statement.setInt(1, backend);
            return statement.execute();
        }
    }

    /** Takes more than the pool keeps for nobody, so that each of them is looked at. */
    static boolean areAliveInThePoolOf(DataSource database) throws Exception {
        List<Connection> taken = new ArrayList<>();
        try {
            for (int i = 0; i < STEADY_POOL; i++) {
                Connection connection = database.getConnection();
                taken.add(connection);
                try (Statement statement = connection.createStatement()) {
                    statement.execute("SELECT 1");
                }
            }
            return true;
        } catch (SQLException e) {
            return false; // one that the pool had trusted
        } finally {
            for (Connection connection : taken) {
                connection.close();
            }
        }
    }

    static int of(DataSource database) throws Exception {
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT pg_backend_pid()")) {
            row.next();
            return row.getInt(1);
        }
    }

    static boolean terminate(DataSource database, int backend) throws Exception {
        try (Connection connection = database.getConnection();
                PreparedStatement statement = connection.prepareStatement("SELECT pg_terminate_backend(?, 5000)")) {
            statement.setInt(1, backend);
            try (ResultSet row = statement.executeQuery()) {
                return row.next() && row.getBoolean(1);
            }
        }
    }
}
