package dev.lockstep.participant.database;

import dev.lockstep.participant.branch.ParticipantId;
import java.io.IOException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.postgresql.ds.PGSimpleDataSource;
import org.postgresql.ds.common.BaseDataSource;

/**
 * A database that takes part, reached beside the pool: for looks, for the resolver, and where a pooled connection broke. All waits
 * are bounded. Thread-safe.
 */
public final class ParticipantDatabase {

    private static final String IDENTITY = """
            SELECT (SELECT system_identifier FROM pg_control_system()), d.oid, pg_is_in_recovery(), extract(epoch FROM pg_postmaster_start_time())::text,
                   CASE WHEN NOT pg_is_in_recovery() THEN pg_walfile_name(pg_current_wal_flush_lsn()) END,
                   CASE WHEN NOT pg_is_in_recovery() THEN pg_wal_lsn_diff(pg_current_wal_flush_lsn(), '0/0') END
            FROM pg_database d WHERE d.datname = current_database()""";

    /** What the answers are worth depends on it: that a commit waits for the standby, and that a warning arrives. */
    private static final String LEAST_SETTINGS = """
            SELECT set_config(name, least, false)
            FROM (VALUES ('synchronous_commit', '{off,local,remote_write}'::text[], 'on'),
                         ('client_min_messages', '{error}', 'warning')) AS needed (name, too_little, least)
            WHERE current_setting(name) = ANY (too_little)""";

    private final ParticipantId id;
    private final DecisionTable decisions;
    private final Limits limits;
    private final PGSimpleDataSource source;
    private volatile History history = new History();
    private volatile String started = "";

    private ParticipantDatabase(ParticipantId id, DecisionTable decisions, Limits limits, PGSimpleDataSource source) {
        this.id = id;
        this.decisions = decisions;
        this.limits = limits;
        this.source = source;
    }

    /**
     * Makes a database known.
     *
     * @param connection a connection of the pool
     * @param name what people call it
     * @param pool the pool's data source: server, database, user
     * @param limits how long things may take there
     * @return the database
     * @throws SQLException if it is a standby, has no table for decisions, or does not answer
     */
    public static ParticipantDatabase introduce(Connection connection, String name, BaseDataSource pool, Limits limits)
            throws SQLException {
        DecisionTable decisions = DecisionTable.locate(connection);
        Identity identity = identify(connection, name, decisions);
        ParticipantDatabase database = of(identity.id(), decisions, pool, limits);
        database.admit(connection);
        return database;
    }

    /**
     * A database whose identity is known.
     *
     * @param id which it is
     * @param decisions where it keeps decisions
     * @param pool the pool's data source
     * @param limits how long things may take there
     * @return the database
     * @throws SQLException if the pool's settings cannot be copied
     */
    public static ParticipantDatabase of(ParticipantId id, DecisionTable decisions, BaseDataSource pool, Limits limits)
            throws SQLException {
        PGSimpleDataSource source = new PGSimpleDataSource();
        try {
            source.initializeFrom(pool);
        } catch (IOException | ClassNotFoundException e) {
            throw new SQLException("Cannot copy the settings of the pool of " + id.name(), e);
        }
        int seconds = Math.toIntExact(limits.answer().plusMillis(999).toSeconds());
        source.setConnectTimeout(seconds);
        source.setLoginTimeout(seconds);
        // The wait for a standby is ended by a cancel alone, since statement_timeout does not cover it at a commit.
        // A session that is given up without one stays in the server for as long as the standby is away.
        source.setQueryTimeout(seconds);
        source.setSocketTimeout(seconds + 1);
        source.setCancelSignalTimeout(seconds);
        source.setApplicationName("lockstep participant");
        return new ParticipantDatabase(id, decisions, limits, source);
    }

    /** A standby has the numbers of its primary, but neither its prepared transactions nor its latest rows: it must decide nothing. */
    private static Identity identify(Connection connection, String name, DecisionTable decisions) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(IDENTITY)) {
            row.next();
            if (row.getBoolean(3)) {
                throw new SQLException("The database " + name + " at "
                        + connection.getMetaData().getURL()
                        + " is a standby; only a primary takes part (pool property targetServerType=primary)");
            }
            return new Identity(
                    new ParticipantId(name, row.getLong(1), row.getLong(2), decisions.oid()),
                    row.getString(4),
                    History.Position.of(row.getString(5), row.getLong(6)));
        }
    }

    private record Identity(ParticipantId id, String started, History.Position position) {}

    /**
     * Lets a new connection take part. Refuses one that leads elsewhere than the first one did, though by the same name: it must not
     * decide anything. Raises settings of its session by which an answer would be worth too little.
     *
     * @param connection a connection of the same pool
     * @throws SQLException if another database answers, a standby, a server that is behind what was seen, or none; or if the decision
     *     table can hide rows
     */
    public void admit(Connection connection) throws SQLException {
        History.Position seenBefore = history.farthest();
        Identity reached = identify(connection, id.name(), decisions);
        if (!reached.id().equals(id)) {
            throw new SQLException("The pool of " + id + " now leads to another database, " + reached.id()
                    + "; restart the server if that is meant");
        }
        history.require(
                seenBefore,
                reached.position(),
                "The server of " + id + " at " + connection.getMetaData().getURL());
        started = reached.started();
        decisions.requireTrustworthy(connection);
        try (Statement statement = connection.createStatement()) {
            statement.execute(LEAST_SETTINGS);
        }
    }

    /**
     * Refuses another server with the same numbers, a clone of the data directory; else has one history with it.
     *
     * @param other known by the same identity
     * @throws SQLException if they are two servers, or one does not answer
     */
    public void requireOneServerWith(ParticipantDatabase other) throws SQLException {
        if (!startedNow().equals(other.startedNow())) {
            throw new SQLException(
                    "Two servers call themselves " + id + ": one was cloned from the other's data directory, and the"
                            + " participant cannot tell them apart. Make one of them anew by initdb and dump and restore");
        }
        history = other.history;
    }

    /**
     * Refuses a pooler that lets connections share a session.
     *
     * @param connection open, but not within a transaction
     * @throws SQLException if another connection is met in its session, or does not answer
     */
    public void requireSessionOfItsOwn(Connection connection) throws SQLException {
        try (Session other = open()) {
            if (BranchCheck.of(other.connection()).backend()
                    == BranchCheck.of(connection).backend()) {
                throw BranchCheck.shared(null);
            }
        }
    }

    private String startedNow() throws SQLException {
        try (Session session = open();
                Statement statement = session.connection().createStatement();
                ResultSet row = statement.executeQuery(IDENTITY)) {
            row.next();
            return row.getString(4);
        }
    }

    /** {@return when its server was started, in seconds of the Unix time, as of the latest connection} */
    public String started() {
        return started;
    }

    /** {@return which database this is} */
    public ParticipantId id() {
        return id;
    }

    /** {@return where it keeps decisions} */
    public DecisionTable decisions() {
        return decisions;
    }

    /** {@return how long things may take there} */
    public Limits limits() {
        return limits;
    }

    /**
     * Connects, and makes sure that it is this very database: a name that now leads elsewhere must not decide anything.
     *
     * @return a session, to be closed
     * @throws SQLException if it cannot be reached within the limit, or another database answers
     */
    public Session open() throws SQLException {
        Connection connection = source.getConnection();
        try {
            admit(connection);
            return new Session(connection, decisions, history);
        } catch (SQLException e) {
            connection.close();
            throw e;
        }
    }

    @Override
    public String toString() {
        return id.name();
    }
}
