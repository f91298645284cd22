package dev.lockstep.operator.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.PrintWriter;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.time.Duration;
import java.util.logging.Logger;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class OperatorSessionsTest {

    private final FailAfterFiveSeconds database = new FailAfterFiveSeconds();
    private final OperatorSessions sessions = new OperatorSessions(() -> database);

    @BeforeEach
    void breakDatabase() {
        sessions.nanoTime = () -> database.nanos;
    }

    @Test
    void whileTheDatabaseFails_nobodyAsksWithinASecondAfterTheFailure() {
        findInVain();
        findInVain();
        database.pass(Duration.ofMillis(999));
        findInVain();
        assertThat(database.attempts).isEqualTo(1);
        database.pass(Duration.ofMillis(1));
        findInVain();
        assertThat(database.attempts).isEqualTo(2);
    }

    private void findInVain() {
        assertThatThrownBy(() -> sessions.find(SessionCookie.random()))
                .isInstanceOf(OperatorsUnavailableException.class)
                .hasRootCauseMessage("no answer");
    }

    /** A database that lets everybody wait. */
    private static final class FailAfterFiveSeconds implements DataSource {

        private long nanos = Long.MAX_VALUE - 7; // it may overflow
        private int attempts;

        void pass(Duration time) {
            nanos += time.toNanos();
        }

        @Override
        public Connection getConnection() throws SQLException {
            attempts++;
            pass(Duration.ofSeconds(5));
            throw new SQLException("no answer");
        }

        @Override
        public Connection getConnection(String user, String password) throws SQLException {
            return getConnection();
        }

        @Override
        public PrintWriter getLogWriter() {
            return null;
        }

        @Override
        public void setLogWriter(PrintWriter out) {}

        @Override
        public void setLoginTimeout(int seconds) {}

        @Override
        public int getLoginTimeout() {
            return 0;
        }

        @Override
        public Logger getParentLogger() throws SQLFeatureNotSupportedException {
            throw new SQLFeatureNotSupportedException();
        }

        @Override
        public <T> T unwrap(Class<T> type) throws SQLException {
            throw new SQLException("no " + type);
        }

        @Override
        public boolean isWrapperFor(Class<?> type) {
            return false;
        }
    }
}
