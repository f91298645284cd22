package dev.lockstep.ticket.control;

import dev.lockstep.product.boundary.StaleClaimException;
import jakarta.transaction.RollbackException;
import jakarta.transaction.SystemException;
import java.sql.SQLException;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** What a failure says about the tickets that could not be served. */
final class Failures {

    /**
     * Classes of SQLSTATE (PostgreSQL manual, appendix A) that say nothing about the data: connection, invalid transaction state (a session
     * that the server has ended), rollback by a conflict, resources, an object in use or locked, an operator's intervention.
     */
    private static final Set<String> PASSING = Set.of("08", "25", "40", "53", "55", "57");

    /** Of these the ones after which the next try would wait for a connection, too. */
    private static final Set<String> AWAY = Set.of("08", "57");

    private Failures() {}

    /** {@return whether the same may go well a little later, with the same tickets} */
    static boolean isPassing(Throwable failure) {
        return isOf(PASSING, failure)
                || chain(failure).anyMatch(one -> one instanceof StaleClaimException || isOfCommit(one));
    }

    /** The container does not tell why a commit failed; what can be a ticket's fault was checked before it. */
    private static boolean isOfCommit(Throwable failure) {
        return failure instanceof SystemException || failure instanceof RollbackException;
    }

    /** {@return whether the database is away} */
    static boolean isAway(Throwable failure) {
        return isOf(AWAY, failure);
    }

    /** Payara's pool tells of a database that is away without a state. */
    private static boolean isOf(Set<String> classes, Throwable failure) {
        return sql(failure)
                .filter(sql -> sql.getSQLState() == null
                        || classes.contains(sql.getSQLState().substring(0, 2)))
                .isPresent();
    }

    /** {@return what the database said, or else the exception, in a line} */
    static String reason(Throwable failure) {
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
