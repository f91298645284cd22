package dev.lockstep.shop.order;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.flow.TransactionAbortedException;
import dev.lockstep.web.Failures;
import dev.lockstep.web.Problem;
import jakarta.ejb.EJBException;
import jakarta.transaction.RollbackException;
import java.sql.SQLException;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is answered to an order that was not placed, by what the database said: SQLSTATEs of PostgreSQL's manual, appendix A. */
class FailuresTest {

    private static final UUID ORDER = UUID.randomUUID();

    @ParameterizedTest
    @CsvSource({
        // it may pass: connection, a session that was ended, a deadlock, no memory, a lock, an operator
        "08006, 503, not-placed",
        "25P03, 503, not-placed",
        "40P01, 503, not-placed",
        "53200, 503, not-placed",
        "55P03, 503, not-placed",
        "57P01, 503, not-placed",
        ", 503, not-placed",
        // the content: a character, a number, a constraint, a view's check, an index row too long, a trigger
        "22P05, 422, refused-by-database",
        "22003, 422, refused-by-database",
        "23514, 422, refused-by-database",
        "44000, 422, refused-by-database",
        "54000, 422, refused-by-database",
        "P0001, 422, refused-by-database",
        // the installation: a missing privilege, a missing table
        "42501, 500, internal-error",
        "42P01, 500, internal-error",
        "3D000, 500, internal-error",
        // the server itself does not know
        "58030, 503, not-placed",
        "XX001, 503, not-placed"
    })
    void onlyWhatMayPass_mayBeSentAgain(String sqlState, int status, String type) {
        Throwable failure = new EJBException(new RuntimeException(new SQLException("no", sqlState)));
        Problem problem = Problems.notPlaced(ORDER, failure);
        assertThat(problem.status()).isEqualTo(status);
        assertThat(problem.type()).isEqualTo(type);
        assertThat(problem.detail().contains("sent again")).isEqualTo(status == 503);
        assertThat(problem.json().getString("sqlState", "none")).isEqualTo(status == 422 ? sqlState : "none");
    }

    /** A statement that was cancelled had a connection, and the next one will have one, too. */
    @ParameterizedTest
    @CsvSource({"08006, true", "57P01, true", "57P03, true", ", true", "57014, false", "55P03, false"})
    void whoeverWouldWaitForAConnection_isToldThatTheDatabaseIsAway(String sqlState, boolean isAway) {
        assertThat(Failures.isAway(new EJBException(new SQLException("no", sqlState))))
                .isEqualTo(isAway);
    }

    /** The transaction manager tells no reason. */
    @Test
    void commitThatBecameARollback_mayBeSentAgain() {
        Throwable failure = new TransactionAbortedException("rolled back", new RollbackException("no"));
        assertThat(Problems.notPlaced(ORDER, failure)).isEqualTo(Problems.notPlaced(ORDER));
    }
}
