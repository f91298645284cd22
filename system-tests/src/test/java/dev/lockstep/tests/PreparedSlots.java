package dev.lockstep.tests;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import javax.sql.DataSource;

/** The prepared transactions that a database has room for. */
final class PreparedSlots {

    /** As lockstep.conf has it. */
    private static final int ALL = 64;

    private PreparedSlots() {}

    /** Takes all of them while something is done: every vote there is a no. */
    static void withNoneLeft(DataSource database, Runnable work) throws SQLException {
        try {
            for (int i = 0; i < ALL; i++) {
                execute(database, "BEGIN; PREPARE TRANSACTION 'slot " + i + "'");
            }
            work.run();
        } finally {
            for (int i = 0; i < ALL; i++) {
                execute(database, "ROLLBACK PREPARED 'slot " + i + "'");
            }
        }
    }

    private static void execute(DataSource database, String sql) throws SQLException {
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
