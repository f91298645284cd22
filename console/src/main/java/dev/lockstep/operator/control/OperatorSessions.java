package dev.lockstep.operator.control;

import dev.lockstep.databases.ParticipantDatabases;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import javax.sql.DataSource;

/**
 * Who is logged in, kept beside the operators: a break of the server ends no session, a new password ends all that began with an older
 * one. What was read is believed for a second, and while the database is away until the session's end; then nobody asks it for a second after
 * it failed. Thread-safe.
 */
@ApplicationScoped
public class OperatorSessions {

    private static final Logger LOG = System.getLogger(OperatorSessions.class.getName());

    private static final long BELIEVED_NANOS = Duration.ofSeconds(1).toNanos();

    /** However busy its operator is. */
    private static final String LONGEST = "interval '12 hours'";

    /** So long nobody may have used it; that it was used is written once a minute at most. */
    private static final String IDLE_LONGEST = "interval '30 minutes'";

    private static final String FIND = "SELECT name, extract(epoch FROM began_at + " + LONGEST
            + " - clock_timestamp())::bigint AS seconds_left,"
            + " used_at < clock_timestamp() - interval '1 minute' AS is_long_unused"
            + " FROM operator_session JOIN operator USING (name, password_hash) WHERE cookie_hash = ?"
            + " AND began_at > clock_timestamp() - " + LONGEST + " AND used_at > clock_timestamp() - " + IDLE_LONGEST;

    private static final String USED = "UPDATE operator_session SET used_at = clock_timestamp() WHERE cookie_hash = ?";

    private static final String BEGIN =
            "INSERT INTO operator_session (cookie_hash, name, password_hash) VALUES (?, ?, ?)";

    private static final String FORGET = "DELETE FROM operator_session WHERE began_at < clock_timestamp() - " + LONGEST
            + " OR used_at < clock_timestamp() - " + IDLE_LONGEST;

    private static final String END = "DELETE FROM operator_session WHERE cookie_hash = ?";

    private final Map<SessionCookie, Known> known = new ConcurrentHashMap<>();

    /** The database's last one, or null since it answered. */
    private volatile Failure failure;

    private final Supplier<DataSource> database;

    LongSupplier nanoTime = System::nanoTime;

    /** A session as the database had it; the times are those of {@link System#nanoTime}. */
    private record Known(OperatorSession session, long read, long end) {}

    private record Failure(SQLException cause, long end) {}

    protected OperatorSessions() {
        this(() -> null);
    }

    OperatorSessions(Supplier<DataSource> database) {
        this.database = database;
    }

    /**
     * The constructor the container uses.
     *
     * @param databases one of them keeps the operators
     */
    @Inject
    public OperatorSessions(ParticipantDatabases databases) {
        this(databases::operators);
    }

    /**
     * Begins a session after a login.
     *
     * @param name the operator's name
     * @param passwordHash what the password was verified by; the session lasts while it is the operator's
     * @return what the browser must show from now on
     * @throws OperatorsUnavailableException if the database does not answer
     */
    public SessionCookie begin(String name, String passwordHash) {
        SessionCookie cookie = SessionCookie.random();
        known.values().removeIf(session -> nanoTime.getAsLong() - session.end() > 0);
        try (Connection connection = database.get().getConnection();
                PreparedStatement forget = connection.prepareStatement(FORGET);
                PreparedStatement begin = connection.prepareStatement(BEGIN)) {
            forget.executeUpdate();
            begin.setBytes(1, cookie.hash());
            begin.setString(2, name);
            begin.setString(3, passwordHash);
            begin.executeUpdate();
            failure = null;
            return cookie;
        } catch (SQLException e) {
            throw new OperatorsUnavailableException(e);
        }
    }

    /**
     * Finds a session.
     *
     * @param cookie what a browser shows
     * @return the session, or empty if there is none, or none any more
     * @throws OperatorsUnavailableException if the database does not answer, and none was known here
     */
    public Optional<OperatorSession> find(SessionCookie cookie) {
        long now = nanoTime.getAsLong();
        Known before = known.get(cookie);
        if (before != null && now - before.read() < BELIEVED_NANOS) {
            return Optional.of(before.session());
        }
        Failure last = failure;
        if (last != null && now - last.end() < BELIEVED_NANOS) {
            return Optional.of(believed(before, last));
        }
        try {
            Optional<Known> found = read(cookie, now);
            failure = null;
            found.ifPresentOrElse(session -> known.put(cookie, session), () -> known.remove(cookie));
            return found.map(Known::session);
        } catch (SQLException e) {
            // Its end counts: an attempt may take longer than the second.
            Failure away = new Failure(e, nanoTime.getAsLong());
            failure = away;
            return Optional.of(believed(before, away));
        }
    }

    private static OperatorSession believed(Known before, Failure failure) {
        if (before == null || failure.end() - before.end() > 0) {
            throw new OperatorsUnavailableException(failure.cause());
        }
        LOG.log(
                Level.DEBUG,
                "The " + before.session() + " is believed while the operators' database is away",
                failure.cause());
        return before.session();
    }

    private Optional<Known> read(SessionCookie cookie, long now) throws SQLException {
        try (Connection connection = database.get().getConnection();
                PreparedStatement find = connection.prepareStatement(FIND)) {
            find.setBytes(1, cookie.hash());
            try (ResultSet row = find.executeQuery()) {
                if (!row.next()) {
                    return Optional.empty();
                }
                Duration left = Duration.ofSeconds(row.getLong("seconds_left"));
                OperatorSession session = new OperatorSession(row.getString("name"), cookie.csrfToken());
                if (row.getBoolean("is_long_unused")) {
                    update(connection, USED, cookie);
                }
                return Optional.of(new Known(session, now, now + left.toNanos()));
            }
        }
    }

    /**
     * Ends a session, if there is one.
     *
     * @param cookie what the browser shows
     * @throws OperatorsUnavailableException if the database does not answer; then the session goes on
     */
    public void end(SessionCookie cookie) {
        try (Connection connection = database.get().getConnection()) {
            update(connection, END, cookie);
            known.remove(cookie);
        } catch (SQLException e) {
            throw new OperatorsUnavailableException(e);
        }
    }

    private static void update(Connection connection, String sql, SessionCookie cookie) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setBytes(1, cookie.hash());
            statement.executeUpdate();
        }
    }
}
