package dev.lockstep.participant.database;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SqlFailureTest {

    @ParameterizedTest
    @CsvSource({
        "42704, NOT_THERE", // there is no such prepared transaction
        "42501, REFUSED", // it is another role's
        "23505, REFUSED",
        "57014, REFUSED", // cancelled before it was done
        "55000, NO_ANSWER", // somebody else is at it
        "08006, NO_ANSWER",
        "57P01, NO_ANSWER",
        "25P04, NO_ANSWER", // transaction_timeout; seen of a COMMIT PREPARED that was committed and replicated
        // (REPLICATION.md)
    })
    void state_tellsWhatHasHappened(String state, SqlFailure expected) {
        assertThat(SqlFailure.of(new SQLException("said by the server", state))).isEqualTo(expected);
    }

    @Test
    void noState_isNoAnswer() {
        assertThat(SqlFailure.of(new SQLException("said by nobody"))).isEqualTo(SqlFailure.NO_ANSWER);
        assertThat(SqlFailure.of(null)).isEqualTo(SqlFailure.NO_ANSWER);
    }

    /** The session has ended with it. */
    @Test
    void transactionTimeout_losesTheConnection() {
        assertThat(SqlFailure.isConnectionLost(new SQLException("said by the server", "25P04")))
                .isTrue();
    }
}
