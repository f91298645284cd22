package dev.lockstep.lab.hold.control;

import java.sql.SQLException;

/** Reads a held order's two rows as anybody else would. */
public interface OtherReader {

    /**
     * Reads what is committed, and who has it locked, as far as that can be told here.
     *
     * @param hold the order that is held
     * @return what is seen now
     * @throws SQLException if a database does not answer
     */
    Reading read(Hold hold) throws SQLException;

    /**
     * Asks, within the calling thread's transaction, how the databases call it.
     *
     * @return its numbers
     */
    Writers writers();

    /** {@return whether the branches are prepared on this server, where an order can be held after their votes} */
    default boolean isWherePrepared() {
        return true;
    }
}
