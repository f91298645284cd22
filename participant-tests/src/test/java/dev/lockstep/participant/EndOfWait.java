package dev.lockstep.participant;

import java.sql.SQLException;

/** What ends a session's wait for the standby, after which the server goes on with what it has committed for itself alone. */
enum EndOfWait {
    /** WARNING 01000, and then the statement's success. */
    STATEMENT_TIMEOUT("SET statement_timeout = '300ms'", ""),
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

    /** Returns when the session waits and has been told, if it must be. */
    void endWaitOf(int backend, RealDatabase database) {
        ProtocolFixture.await("the commit waits for the standby", () -> !database.column(
                        "SELECT pid FROM pg_stat_activity WHERE wait_event = 'SyncRep' AND pid = " + backend)
                .isEmpty());
        if (!function.isEmpty()) {
            database.execute(function + "(" + backend + ")");
        }
    }
}
