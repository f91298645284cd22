package dev.lockstep.doctor;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLWarning;
import java.sql.Statement;
import java.time.Duration;

/**
 * Tries whether an order could be written to a database by doing on a small scale what an order does: it needs the order's rights, a page of
 * the disk, and a commit that counts, and leaves nothing.
 *
 * <p>The statements are one transaction, since they are sent together and no other was begun. So the limit covers its commit, too, in which
 * PostgreSQL waits for a synchronous standby: cancelled there, it has committed here alone and says so in a warning.
 */
final class WriteRehearsal {

    /** Longer than a commit takes in a busy database; an order gives up after ten seconds. */
    static final Duration LIMIT = Duration.ofSeconds(5);

    private static final String WRITE =
            "; INSERT INTO rehearsal (page) VALUES (repeat('-', 8000)); DELETE FROM rehearsal";

    /** {@code warning}: what a commit says that may not have been replicated. Nothing else here warns: no trigger runs, no function. */
    private static final String WARNING = "01000";

    /** {@code query_canceled}. */
    private static final String CANCELLED = "57014";

    private final Duration limit;

    /**
     * A rehearsal.
     *
     * @param limit how long the database may take, in whole seconds
     */
    WriteRehearsal(Duration limit) {
        this.limit = limit;
    }

    /**
     * Rehearses, outside of any transaction.
     *
     * @param database the database
     * @throws NotConfirmedException if it took too long, though it may have been written
     * @throws SQLException if nothing was written
     */
    void in(ParticipantDatabase database) throws SQLException {
        try (Connection connection = database.dataSource().getConnection();
                Statement statement = connection.createStatement()) {
            statement.setQueryTimeout(Math.toIntExact(limit.toSeconds()));
            statement.execute(database.statement() + WRITE);
            requireNoWarning(statement.getWarnings());
        } catch (SQLException e) {
            if (CANCELLED.equals(e.getSQLState())) {
                throw new NotConfirmedException(
                        "a write was not done within " + limit.toSeconds() + " s: " + e.getMessage(), e);
            }
            throw e;
        }
    }

    private void requireNoWarning(SQLWarning warning) throws SQLException {
        if (warning != null && WARNING.equals(warning.getSQLState())) {
            throw new NotConfirmedException(
                    "no synchronous standby has confirmed a commit within " + limit.toSeconds() + " s: "
                            + warning.getMessage(),
                    warning);
        }
    }

    /** The database has not confirmed the commit in time, and may have written nevertheless. */
    static final class NotConfirmedException extends SQLException {

        private static final long serialVersionUID = 1L;

        NotConfirmedException(String message, SQLException cause) {
            super(message, cause);
        }
    }
}
