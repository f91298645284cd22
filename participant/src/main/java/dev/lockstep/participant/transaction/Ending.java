package dev.lockstep.participant.transaction;

import java.sql.SQLException;

/** A statement that ends a branch: {@code COMMIT PREPARED} or {@code ROLLBACK PREPARED}. */
@FunctionalInterface
public interface Ending {

    /**
     * Sends it and waits for the answer.
     *
     * @throws SQLException what the server or the driver said instead
     */
    void send() throws SQLException;
}
