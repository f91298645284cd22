package dev.lockstep.tests;

import java.sql.SQLException;
import java.time.Duration;

/** The end of every test that leaves transactions to be settled: nothing is in doubt any more. */
public final class Healed {

    /** Enough for a busy machine. How soon it must be is the kill matrix's to measure. */
    public static final Duration LIMIT = Duration.ofSeconds(30);

    private Healed() {}

    /** Waits until nothing is prepared, in neither database. */
    public static void await(Databases databases) {
        LauncherProcess.await(LIMIT, "nothing is in doubt", () -> isNothingPrepared(databases));
    }

    private static boolean isNothingPrepared(Databases databases) {
        try {
            return databases.prepared() == 0;
        } catch (SQLException e) {
            return false; // a database that is away cannot tell
        }
    }
}
