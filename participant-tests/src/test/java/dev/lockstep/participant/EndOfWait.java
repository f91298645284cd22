package dev.lockstep.participant;

import java.sql.SQLException;

/** What ends a session's wait for the standby, after which the server goes on with what it has committed for itself alone. */
enum EndOfWait {
    /** WARNING 01000, and then the statement's success. */
    STATEMENT_TIMEOUT("SET statement_timeout = '1s'", ""),
    /** WARNING 01000, and then the statement's success. */
    CANCEL("", "SELECT pg_cancel_backend"),
    /** WARNING 57P01, and then the connection ends. */
    TERMINATE("", "SELECT pg_terminate_backend");

    private final String setting;
    private final String function;

    EndOfWait(String setting, String function) {
        this.setting = setting;
        this.function = function;
    }

    /** Done by the session beforehand. */
    void announceTo(Work work) throws SQLException {
        if (!setting.isEmpty()) {
            work.execute(setting);
        }
    }

    /** Ends it as soon as the session waits, unless that comes by itself. */
    void endWaitOf(int backend, RealDatabase database) {
        if (!function.isEmpty()) {
            ProtocolFixture.await("the wait for the standby is ended", () -> !database.column(
                            function + "(pid) FROM pg_stat_activity WHERE wait_event = 'SyncRep' AND pid = " + backend)
                    .isEmpty());
        }
    }
}
