package dev.lockstep.participant.database;

import java.sql.SQLException;
import java.sql.SQLWarning;
import org.postgresql.util.PSQLState;
import org.postgresql.util.PSQLWarning;
import org.postgresql.util.ServerErrorMessage;

/**
 * The answer of a server that stopped waiting for its synchronous standby: it has carried the command out, and a fail-over may undo
 * that. PostgreSQL says so in a warning (SQLSTATE 01000, {@code SyncRepWaitForLSN} in syncrep.c). It counts as no answer.
 */
final class Unreplicated {

    /** Its words are in the server's language, and a warning of a trigger has the same SQLSTATE. */
    private static final String WAIT = "SyncRepWaitForLSN";

    private Unreplicated() {}

    /**
     * Refuses to take a command for carried out that a fail-over may undo.
     *
     * @param first the first of the warnings that came with the answer, or null if none did
     * @throws SQLException 08007 (transaction resolution unknown) if the server did not wait for its standby
     */
    static void refuse(SQLWarning first) throws SQLException {
        for (SQLWarning warning = first; warning != null; warning = warning.getNextWarning()) {
            if (isMeantBy(warning)) {
                throw failure(warning);
            }
        }
    }

    static boolean isMeantBy(SQLWarning warning) {
        ServerErrorMessage message = warning instanceof PSQLWarning ofServer ? ofServer.getServerErrorMessage() : null;
        return message != null && WAIT.equals(message.getRoutine());
    }

    static SQLException failure(SQLWarning warning) {
        return new SQLException(
                "carried out, but perhaps not replicated: " + warning.getMessage(),
                PSQLState.CONNECTION_FAILURE_DURING_TRANSACTION.getState());
    }
}
