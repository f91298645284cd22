package dev.lockstep.order.control;

import java.sql.SQLException;

/** The SQLSTATEs the order service acts on (PostgreSQL manual, appendix A). */
public enum SqlState {

    /** {@code unique_violation}. */
    UNIQUE_VIOLATION("23505"),

    /** {@code lock_not_available}: {@code lock_timeout} ran out. */
    LOCK_NOT_AVAILABLE("55P03");

    private final String code;

    SqlState(String code) {
        this.code = code;
    }

    /**
     * Tells whether the database gave this state as the reason of a failure.
     *
     * @param failure the failure, whose causes are searched; not null
     * @return whether one of them is an {@link SQLException} of this state
     */
    public boolean isReasonOf(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException sql && code.equals(sql.getSQLState())) {
                return true;
            }
        }
        return false;
    }
}
