package dev.lockstep.web;

import jakarta.transaction.RollbackException;
import jakarta.transaction.SystemException;
import java.sql.SQLException;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** What the failure of a service, or of its database, says about the same request, if it came again. */
public final class Failures {

    /**
     * Classes of SQLSTATE (PostgreSQL manual, appendix A) that say nothing about the data: connection, invalid transaction state (a session
     * that the server has ended), rollback by a conflict, resources, an object in use or locked, an operator's intervention.
     */
    private static final Set<String> PASSING = Set.of("08", "25", "40", "53", "55", "57");

    /** Classes that are about the content: data, a constraint, a view's check, the database's own limits, and what a trigger raises. */
    private static final Set<String> OF_CONTENT = Set.of("22", "23", "44", "54", "P0");

    /** Classes that tell neither: an error of the operating system, and one of the server itself. */
    private static final Set<String> UNTOLD = Set.of("58", "XX");

    /** Of these the ones after which the next try would wait for a connection, too. */
    private static final Set<String> AWAY = Set.of("08", "57");

    /** A statement that was cancelled, by a timeout or by somebody: its connection is there. */
    private static final String CANCELLED = "57014";

    private Failures() {}

    /**
     * Tells whether the same may go well a little later.
     *
     * @param failure what a service threw
     * @return whether nothing about the request is the reason, as far as can be told
     */
    public static boolean isPassing(Throwable failure) {
        return isOf(PASSING, failure) || chain(failure).anyMatch(Failures::isOfCommit);
    }

    /**
     * Tells whether a database has refused the content, and will refuse it again.
     *
     * @param failure what a service threw
     * @return its SQLSTATE (PostgreSQL manual, appendix A), or empty if it is another failure
     */
    public static Optional<String> refusal(Throwable failure) {
        return state(failure).filter(state -> OF_CONTENT.contains(state.substring(0, 2)));
    }

    /**
     * Tells whether a database has refused the request for a reason that lasts until somebody has changed something here.
     *
     * @param failure what a service threw
     * @return whether it is of no use to repeat the request, whatever its content
     */
    public static boolean isOurs(Throwable failure) {
        return state(failure)
                .map(state -> state.substring(0, 2))
                .filter(of -> Stream.of(PASSING, OF_CONTENT, UNTOLD).noneMatch(classes -> classes.contains(of)))
                .isPresent();
    }

    private static Optional<String> state(Throwable failure) {
        return sql(failure).map(SQLException::getSQLState).filter(state -> state.length() == 5);
    }

    /** The container does not tell why a commit failed; what can be a ticket's fault was checked before it. */
    private static boolean isOfCommit(Throwable failure) {
        return failure instanceof SystemException || failure instanceof RollbackException;
    }

    /**
     * Tells whether the next try would wait for a connection, too.
     *
     * @param failure what a service threw
     * @return whether the database is away
     */
    public static boolean isAway(Throwable failure) {
        return isOf(AWAY, failure) && !state(failure).equals(Optional.of(CANCELLED));
    }

    /** Payara's pool tells of a database that is away without a state. */
    private static boolean isOf(Set<String> classes, Throwable failure) {
        return sql(failure)
                .filter(sql -> sql.getSQLState() == null
                        || classes.contains(sql.getSQLState().substring(0, 2)))
                .isPresent();
    }

    /**
     * Tells whether an exception is the reason, however it is wrapped.
     *
     * @param kind the exception's class
     * @param failure what a service threw
     * @return whether one of that class is in its chain of causes
     */
    public static boolean isBy(Class<? extends Throwable> kind, Throwable failure) {
        return chain(failure).anyMatch(kind::isInstance);
    }

    /**
     * Tells the reason, for the log.
     *
     * @param failure what a service threw
     * @return what the database said, or else the exception, in a line
     */
    public static String reason(Throwable failure) {
        String reason = sql(failure).map(Throwable::getMessage).orElseGet(failure::toString);
        return reason.lines().findFirst().orElse(reason);
    }

    private static Optional<SQLException> sql(Throwable failure) {
        return chain(failure)
                .filter(SQLException.class::isInstance)
                .map(SQLException.class::cast)
                .reduce((outer, inner) -> inner);
    }

    private static Stream<Throwable> chain(Throwable failure) {
        return Stream.iterate(failure, cause -> cause != null, Throwable::getCause);
    }
}
