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
            SELECT (SELECT system_identifier FROM pg_control_system()), oid FROM pg_database
            WHERE datname = current_database()""";

    private final ParticipantId id;
    private final Limits limits;
    private final PGSimpleDataSource source;

    private ParticipantDatabase(ParticipantId id, Limits limits, PGSimpleDataSource source) {
        this.id = id;
        this.limits = limits;
        this.source = source;
    }

    /**
     * Makes a database known.
     *
     * @param id which it is
     * @param pool the pool's data source: server, database, user
     * @param limits how long things may take there
     * @return the database
     * @throws SQLException if the pool's settings cannot be copied
     */
    public static ParticipantDatabase of(ParticipantId id, BaseDataSource pool, Limits limits) throws SQLException {
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
        return new ParticipantDatabase(id, limits, source);
    }

    /**
     * Asks a database which one it is.
     *
     * @param connection a connection to it
     * @param name what people call it
     * @return its identity
     * @throws SQLException if it does not answer
     */
    public static ParticipantId identify(Connection connection, String name) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(IDENTITY)) {
            row.next();
            return new ParticipantId(name, row.getLong(1), row.getLong(2));
        }
    }

    /** {@return which database this is} */
    public ParticipantId id() {
        return id;
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
            ParticipantId reached = identify(connection, id.name());
            if (!reached.equals(id)) {
                throw new SQLException("The pool of " + id + " now leads to another database, " + reached);
            }
            return new Session(connection);
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
