package dev.lockstep.benchmarks;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import javax.sql.DataSource;

/**
 * What PostgreSQL has written to its log.
 *
 * @param bytes of the log
 * @param forced how often it was forced to the disk; each backend tells it once a second, or some seconds after its last statement
 * @param pages how many whole pages are among the bytes. After a checkpoint each page that is changed is written once as a whole. Told as late
 */
record Writes(double bytes, double forced, double pages) {

    private static final int FORCED_IN_STAT_IO = 180_000;

    static Writes of(DataSource database) throws SQLException {
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement()) {
            boolean isNew = number(statement, "SHOW server_version_num") >= FORCED_IN_STAT_IO;
            return new Writes(
                    number(statement, "SELECT pg_current_wal_insert_lsn() - '0/0'::pg_lsn"),
                    number(
                            statement,
                            isNew
                                    ? "SELECT sum(fsyncs) FROM pg_stat_io WHERE object = 'wal'"
                                    : "SELECT wal_sync FROM pg_stat_wal"),
                    number(statement, "SELECT wal_fpi FROM pg_stat_wal"));
        }
    }

    private static double number(Statement statement, String query) throws SQLException {
        try (ResultSet row = statement.executeQuery(query)) {
            row.next();
            return row.getDouble(1);
        }
    }

    Writes and(Writes other) {
        return new Writes(bytes + other.bytes, forced + other.forced, pages + other.pages);
    }

    Writes since(Writes earlier) {
        return new Writes(bytes - earlier.bytes, forced - earlier.forced, pages - earlier.pages);
    }
}
