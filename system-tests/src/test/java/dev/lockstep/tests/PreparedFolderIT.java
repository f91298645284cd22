package dev.lockstep.tests;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;

/** Copies of clusters spare the tests time; they must not make one participant of two. */
class PreparedFolderIT {

    @Test
    void productAndOrders_areTwoParticipants() throws SQLException {
        Databases databases = TestDatabases.both();
        assertThat(systemIdentifier(databases.product())).isNotEqualTo(systemIdentifier(databases.orders()));
    }

    /** What the participant takes for the name of its cluster. */
    private static long systemIdentifier(DataSource database) throws SQLException {
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT system_identifier FROM pg_control_system()")) {
            row.next();
            return row.getLong(1);
        }
    }
}
