package dev.lockstep.benchmarks;

import java.sql.SQLException;

/** Orders without a server. */
interface Loop extends Ordering.Entrance, AutoCloseable {

    @Override
    void close() throws SQLException;
}
