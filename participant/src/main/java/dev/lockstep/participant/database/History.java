package dev.lockstep.participant.database;

import java.sql.SQLException;
import java.util.concurrent.atomic.AtomicReference;

/**
 * How far a database's history was seen by this process. A server that is behind it is a former primary that nobody stopped, or a
 * restored backup: what it says is not believed. Thread-safe.
 */
final class History {

    private final AtomicReference<Position> farthest = new AtomicReference<>(new Position(0, 0));

    /**
     * A place in a database's log.
     *
     * @param timeline begins with 1; a standby that is promoted begins a new one
     * @param bytes from the beginning of the log
     */
    record Position(long timeline, long bytes) {

        private static final int TIMELINE_DIGITS = 8;
        private static final int HEXADECIMAL = 16;

        /**
         * Reads what the server says.
         *
         * @param file the name of a file of the log, which begins with the timeline (PostgreSQL manual, WAL internals)
         * @param bytes from the beginning of the log
         */
        static Position of(String file, long bytes) {
            return new Position(Long.parseLong(file.substring(0, TIMELINE_DIGITS), HEXADECIMAL), bytes);
        }

        /** On another timeline the bytes cannot be compared: a new one begins where the standby was. */
        boolean isBehind(Position other) {
            return timeline < other.timeline || (timeline == other.timeline && bytes < other.bytes);
        }

        @Override
        public String toString() {
            return "byte " + bytes + " of timeline " + timeline;
        }
    }

    /** {@return the farthest position seen so far} */
    Position farthest() {
        return farthest.get();
    }

    /**
     * Refuses a server that is behind.
     *
     * @param seenBefore what {@link #farthest} was before the server was asked
     * @param reached where the server is
     * @param server how to call it
     * @throws SQLException 08004 if it is behind
     */
    void require(Position seenBefore, Position reached, String server) throws SQLException {
        if (reached.isBehind(seenBefore)) {
            throw new SQLException(
                    server + " is at " + reached + ", behind what this process has seen of it, " + seenBefore
                            + ": a former primary that still runs, or a restored backup. It is not believed;"
                            + " stop it, or restart the application server if it is meant",
                    "08004");
        }
        farthest.accumulateAndGet(reached, (known, now) -> now.isBehind(known) ? known : now);
    }
}
