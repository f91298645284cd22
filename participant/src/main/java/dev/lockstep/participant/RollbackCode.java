package dev.lockstep.participant;

import java.sql.SQLException;
import javax.transaction.xa.XAException;

/** The code of a vote of no, which tells why: by PostgreSQL's SQLSTATE. */
final class RollbackCode {

    private RollbackCode() {}

    static int of(SQLException failure) {
        String state = String.valueOf(failure.getSQLState());
        if (state.startsWith("23")) {
            return XAException.XA_RBINTEGRITY;
        }
        return switch (state) {
            case "40P01" -> XAException.XA_RBDEADLOCK;
            case "40001" -> XAException.XA_RBTRANSIENT;
            case "57014" -> XAException.XA_RBTIMEOUT;
            default -> XAException.XA_RBROLLBACK;
        };
    }
}
