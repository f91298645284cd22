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
            SELECT (SELECT system_identifier FROM pg_control_system()), d.oid, pg_is_in_recovery(), pg_postmaster_start_time()::text
            FROM pg_database d WHERE d.datname = current_database()""";

    private final ParticipantId id;
    private final DecisionTable decisions;
    private final Limits limits;
    private final PGSimpleDataSource source;

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
        return of(identify(connection, name, decisions), decisions, pool, limits);
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
        source.setSocketTimeout(seconds);
        source.setCancelSignalTimeout(seconds);
        source.setApplicationName("lockstep participant");
        return new ParticipantDatabase(id, decisions, limits, source);
    }

    /** A standby has the numbers of its primary, but neither its prepared transactions nor its latest rows: it must decide nothing. */
    private static ParticipantId identify(Connection connection, String name, DecisionTable decisions)
            throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(IDENTITY)) {
            row.next();
            if (row.getBoolean(3)) {
                throw new SQLException("The database " + name + " at "
                        + connection.getMetaData().getURL()
                        + " is a standby; only a primary takes part (pool property targetServerType=primary)");
            }
            return new ParticipantId(name, row.getLong(1), row.getLong(2), decisions.oid());
        }
    }

    /**
     * Refuses a connection that leads elsewhere than the first one did, though by the same name: it must not decide anything.
     *
     * @param connection a connection of the same pool
     * @throws SQLException if another database answers, a standby, or none
     */
    public void requireSame(Connection connection) throws SQLException {
        ParticipantId reached = identify(connection, id.name(), decisions);
        if (!reached.equals(id)) {
            throw new SQLException("The pool of " + id + " now leads to another database, " + reached
                    + "; restart the server if that is meant");
        }
    }

    /**
     * Refuses another server with the same numbers: a clone of the data directory.
     *
     * @param other known by the same identity
     * @throws SQLException if they are two servers, or one does not answer
     */
    public void requireOneServerWith(ParticipantDatabase other) throws SQLException {
        if (!started().equals(other.started())) {
            throw new SQLException(
                    "Two servers call themselves " + id + ": one was cloned from the other's data directory, and the"
                            + " participant cannot tell them apart. Make one of them anew by initdb and dump and restore");
        }
    }

    private String started() throws SQLException {
        try (Session session = open();
                Statement statement = session.connection().createStatement();
                ResultSet row = statement.executeQuery(IDENTITY)) {
            row.next();
            return row.getString(4);
        }
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
            requireSame(connection);
            return new Session(connection, decisions);
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
