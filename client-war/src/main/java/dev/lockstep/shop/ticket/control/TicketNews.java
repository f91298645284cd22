package dev.lockstep.shop.ticket.control;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.postgresql.PGConnection;
import org.postgresql.PGNotification;

/** What instances tell each other through the orders database (PostgreSQL manual, LISTEN). For one thread. */
final class TicketNews implements AutoCloseable {

    /** Tickets were given. */
    static final String GIVEN = "ticket_given";

    /** Tickets have ended, or failed. */
    static final String CALLED = "ticket_called";

    private final Connection connection;

    private TicketNews(Connection connection) {
        this.connection = connection;
    }

    static TicketNews open(DataSource orders) throws SQLException {
        Connection connection = orders.getConnection();
        try (Statement statement = connection.createStatement()) {
            statement.execute("LISTEN " + GIVEN);
            statement.execute("LISTEN " + CALLED);
            return new TicketNews(connection);
        } catch (SQLException | RuntimeException | Error e) {
            connection.close();
            throw e;
        }
    }

    /** Waits for news and returns what they are about; nothing if there are none in that time. */
    Set<String> await(Duration longest) throws SQLException {
        PGNotification[] news = connection
                .unwrap(PGConnection.class)
                .getNotifications(Math.toIntExact(Math.max(1, longest.toMillis())));
        return news == null
                ? Set.of()
                : Arrays.stream(news).map(PGNotification::getName).collect(Collectors.toSet());
    }

    /** The pool gets its connection back, which must not listen any more. */
    @Override
    public void close() throws SQLException {
        try (connection;
                Statement statement = connection.createStatement()) {
            statement.execute("UNLISTEN *");
        }
    }
}
