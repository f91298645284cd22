package dev.lockstep.order.ticket;

import dev.lockstep.testing.TestDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.postgresql.PGConnection;
import org.postgresql.PGNotification;

/** What is told on a channel, as a session of its own hears it. */
final class Announcements implements AutoCloseable {

    private static final String LAST = "that is all";
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final TestDatabase database;
    private final String channel;
    private final Connection listener;

    Announcements(TestDatabase database, String channel) {
        this.database = database;
        this.channel = channel;
        try {
            listener = database.dataSource().getConnection();
            try (Statement statement = listener.createStatement()) {
                statement.execute("LISTEN " + channel);
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** What was told by what was committed before: PostgreSQL delivers in the order of the commits, so a last word ends the wait. */
    List<String> soFar() {
        database.sql().execute("SELECT pg_notify('" + channel + "', '" + LAST + "')");
        List<String> told = new ArrayList<>();
        while (true) {
            for (String word : next()) {
                if (word.equals(LAST)) {
                    return told;
                }
                told.add(word);
            }
        }
    }

    private List<String> next() {
        try {
            PGNotification[] heard =
                    listener.unwrap(PGConnection.class).getNotifications(Math.toIntExact(PATIENCE.toMillis()));
            if (heard == null || heard.length == 0) {
                throw new IllegalStateException("Nothing is heard within " + PATIENCE);
            }
            return List.of(heard).stream().map(PGNotification::getParameter).toList();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        try {
            listener.close();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}
