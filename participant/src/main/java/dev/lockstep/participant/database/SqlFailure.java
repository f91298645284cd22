package dev.lockstep.participant.database;

import java.sql.SQLException;
import java.util.Set;
import org.postgresql.util.PSQLState;

/** What a failed statement tells about what it asked for (PostgreSQL manual, appendix A). */
public enum SqlFailure {

    /** There is no prepared transaction of that name, {@code undefined_object}: it has ended, or was never prepared. */
    NOT_THERE,
    /** The server refused, and that is final: what was asked for has not happened and will not. */
    REFUSED,
    /**
     * No answer, or one that does not tell: the connection broke, the server stops, or somebody else is just settling the branch.
     * What was asked for may have happened, or may happen yet.
     */
    NO_ANSWER;

    /** {@code object_not_in_prerequisite_state}: "prepared transaction with identifier … is busy". */
    private static final String BUSY = "55000";

    /** Classes: no login, no such database, conflicts, resources, an object in use, an operator's intervention. */
    private static final Set<String> PASSING = Set.of("28", "3D", "40", "53", "55", "57");

    /** {@code transaction_timeout}, which answers for a COMMIT PREPARED that is done, if it has waited long for a standby. */
    private static final String TRANSACTION_TIMEOUT = "25P04";

    /**
     * Reads a failure.
     *
     * @param failure what the driver threw, or null if it threw nothing of the database
     * @return what it tells
     */
    public static SqlFailure of(SQLException failure) {
        if (failure == null || failure.getSQLState() == null) {
            return NO_ANSWER;
        }
        String state = failure.getSQLState();
        if (state.equals(PSQLState.UNDEFINED_OBJECT.getState())) {
            return NOT_THERE;
        }
        return isConnectionLost(state) || state.equals(BUSY) ? NO_ANSWER : REFUSED;
    }

    /**
     * Tells whether the server will not end a prepared branch for us, now or later: unlike for want of resources, or because somebody
     * intervened, or because the connection could not be made.
     *
     * @param failure what {@code COMMIT PREPARED} or {@code ROLLBACK PREPARED} threw, not null
     * @return whether trying again is of no use
     */
    public static boolean isRefusalForGood(SQLException failure) {
        return of(failure) == REFUSED && PASSING.stream().noneMatch(failure.getSQLState()::startsWith);
    }

    /**
     * Tells whether the connection is of no more use.
     *
     * @param failure what the driver threw, not null
     * @return whether the server ended it, or it broke
     */
    public static boolean isConnectionLost(SQLException failure) {
        return failure.getSQLState() == null || isConnectionLost(failure.getSQLState());
    }

    /**
     * Class 08 is the driver's; 57P is the server's shutdown, by an administrator or after a crash; after 58 and XX the server's
     * own state is not certain.
     */
    private static boolean isConnectionLost(String state) {
        return state.startsWith("08")
                || state.startsWith("57P")
                || state.startsWith("58")
                || state.startsWith("XX")
                || state.equals(TRANSACTION_TIMEOUT);
    }
}
