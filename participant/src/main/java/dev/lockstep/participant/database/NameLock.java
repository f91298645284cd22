package dev.lockstep.participant.database;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;

/**
 * A coordinator's name, held in one database by a session-level advisory lock for as long as a session of its own lives: two
 * coordinators cannot have one name, and everybody sees in {@code pg_locks} that it lives.
 */
public final class NameLock implements AutoCloseable {

    private static final Logger LOG = System.getLogger(NameLock.class.getName());

    private static final int APPLICATION_NAME_LIMIT = 63;

    private static final String HOLDER = """
            SELECT a.pid, a.application_name, coalesce(host(a.client_addr), 'an address that this role may not see, or a local socket'), a.backend_start
            FROM pg_locks l JOIN pg_stat_activity a USING (pid)
            WHERE l.locktype = 'advisory' AND l.objsubid = 1 AND l.granted AND l.database = a.datid
              AND ((l.classid::bigint << 32) | l.objid::bigint) = ?
              AND a.datname = current_database()""";

    private static final String HELD = """
            SELECT 1 FROM pg_locks
            WHERE locktype = 'advisory' AND objsubid = 1 AND granted AND pid = pg_backend_pid()
              AND ((classid::bigint << 32) | objid::bigint) = ?""";

    private final Session session;
    private final String coordinator;

    private NameLock(Session session, String coordinator) {
        this.session = session;
        this.coordinator = coordinator;
    }

    /**
     * Takes a name.
     *
     * @param database where
     * @param coordinator the name
     * @param incarnation tells this process's sessions from those of others: what an earlier one of ours left behind is ended
     * @return the lock, held until it is closed or its connection breaks
     * @throws SQLException if somebody holds it (says who), or the database does not answer
     */
    public static NameLock take(ParticipantDatabase database, String coordinator, String incarnation)
            throws SQLException {
        Session session = database.open();
        try {
            String application = application(coordinator, incarnation);
            introduce(session.connection(), application);
            if (!tryLock(session.connection(), coordinator)) {
                endOwnPredecessor(session.connection(), coordinator, application);
                if (!tryLock(session.connection(), coordinator)) {
                    throw taken(database, coordinator, holder(session.connection(), coordinator));
                }
            }
            return new NameLock(session, coordinator);
        } catch (SQLException e) {
            session.close();
            throw e;
        }
    }

    /** Also logged: Payara's transaction manager tells its callers no reason. */
    private static SQLException taken(ParticipantDatabase database, String coordinator, Optional<Holder> holder) {
        String sentence = "The coordinator name " + coordinator + " is taken in the database " + database
                + holder.map(held -> " by " + held).orElse("")
                + ". Give each server a name of its own (transaction-service property xa-servername)";
        LOG.log(Level.ERROR, sentence);
        return new SQLException(sentence);
    }

    /**
     * Finds the key of a name.
     *
     * @param coordinator the name
     * @return its advisory lock
     */
    public static long key(String coordinator) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256")
                    .digest(("lockstep coordinator " + coordinator).getBytes(StandardCharsets.UTF_8));
            return ByteBuffer.wrap(digest).getLong();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256", e);
        }
    }

    /**
     * Tells whether the name is held: its session answers, has the lock (behind a pooler that shares sessions it may be another one), and
     * is that of a server that is the primary as far as is known.
     *
     * @return whether it is held
     */
    public boolean isHeld() {
        try (PreparedStatement statement = session.connection().prepareStatement(HELD)) {
            session.requireCurrent();
            statement.setLong(1, key(coordinator));
            try (ResultSet row = statement.executeQuery()) {
                return row.next();
            }
        } catch (SQLException e) {
            return false;
        }
    }

    /** Gives the name back. */
    @Override
    public void close() throws SQLException {
        session.close();
    }

    /** Says whose session it is, and asks the server to notice within some ten seconds that its machine is gone. */
    private static void introduce(Connection connection, String application) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(
                "SELECT set_config('application_name', ?, false), set_config('tcp_keepalives_idle', '4', false),"
                        + " set_config('tcp_keepalives_interval', '2', false),"
                        + " set_config('tcp_keepalives_count', '3', false),"
                        + " set_config('idle_session_timeout', '0', false)")) {
            statement.setString(1, application);
            statement.execute();
        }
    }

    private static String application(String coordinator, String incarnation) {
        String name = "lockstep " + incarnation + " " + coordinator;
        return name.substring(0, Math.min(name.length(), APPLICATION_NAME_LIMIT));
    }

    private static boolean tryLock(Connection connection, String coordinator) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement("SELECT pg_try_advisory_lock(?)")) {
            statement.setLong(1, key(coordinator));
            try (ResultSet row = statement.executeQuery()) {
                row.next();
                return row.getBoolean(1);
            }
        }
    }

    /** A session of this very process that the server has not yet found dead: nobody else's name is taken by ending it. */
    private static void endOwnPredecessor(Connection connection, String coordinator, String application)
            throws SQLException {
        Optional<Holder> holder = holder(connection, coordinator);
        if (holder.isPresent() && holder.get().application().equals(application)) {
            try (PreparedStatement statement = connection.prepareStatement("SELECT pg_terminate_backend(?, 1000)")) {
                statement.setInt(1, holder.get().process());
                statement.execute();
            }
        }
    }

    private static Optional<Holder> holder(Connection connection, String coordinator) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(HOLDER)) {
            statement.setLong(1, key(coordinator));
            try (ResultSet row = statement.executeQuery()) {
                return row.next()
                        ? Optional.of(new Holder(row.getInt(1), row.getString(2), row.getString(3), row.getString(4)))
                        : Optional.empty();
            }
        }
    }

    private record Holder(int process, String application, String address, String since) {
        @Override
        public String toString() {
            return "server process " + process + " (" + application + ", from " + address + ", since " + since + ")";
        }
    }
}
