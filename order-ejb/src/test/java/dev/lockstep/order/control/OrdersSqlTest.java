package dev.lockstep.order.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.lockstep.testing.LocalTransaction;
import dev.lockstep.testing.TestDatabase;
import jakarta.ejb.EJBException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class OrdersSqlTest {

    private static final TestDatabase ORDERS = TestDatabase.of("orders");
    private static final String CALLED = "SELECT called FROM ticket_queue";

    private final OrdersSql orders = new OrdersSql(ORDERS.dataSource());
    private final AtomicReference<Connection> used = new AtomicReference<>();

    @BeforeEach
    void nothingIsLeft() {
        ORDERS.empty();
    }

    @Test
    void connection_isGivenBack() throws SQLException {
        boolean isClosed = orders.run(connection -> {
            used.set(connection);
            return connection.isClosed();
        });
        assertThat(isClosed).isFalse();
        assertThat(used.get().isClosed()).isTrue();
    }

    @Test
    void refusalOfTheDatabase_isTheCause_andTheConnectionIsGivenBack() throws SQLException {
        assertThatExceptionOfType(EJBException.class)
                .isThrownBy(() -> orders.run(connection -> {
                    used.set(connection);
                    return execute(connection, "INSERT INTO ticket_queue (product_id) VALUES (NULL)");
                }))
                .havingCause()
                .isInstanceOfSatisfying(
                        SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("23502"));
        assertThat(used.get().isClosed()).isTrue();
    }

    @Test
    void exceptionOfTheWork_isPassedOn_andTheConnectionIsGivenBack() throws SQLException {
        assertThatIllegalStateException()
                .isThrownBy(() -> orders.run(connection -> {
                    used.set(connection);
                    throw new IllegalStateException("of the work");
                }))
                .withMessage("of the work");
        assertThat(used.get().isClosed()).isTrue();
    }

    @Test
    void withoutATransaction_eachStatementCommitsItself() {
        orders.run(connection -> {
            execute(connection, "INSERT INTO ticket_queue (product_id, called) VALUES (1, 7)");
            assertThat(ORDERS.sql().column(CALLED)).containsExactly("7");
            return null;
        });
    }

    /** What one call has done the next one sees, though its connection was given back; nobody else does. */
    @Test
    void withinATransaction_allCallsBelongToIt() {
        try (LocalTransaction transaction = ORDERS.begin()) {
            OrdersSql within = new OrdersSql(transaction.dataSource());
            within.run(
                    connection -> execute(connection, "INSERT INTO ticket_queue (product_id, called) VALUES (1, 7)"));
            within.run(connection -> execute(connection, "UPDATE ticket_queue SET called = called + 1"));
            assertThat(ORDERS.sql().column(CALLED)).isEmpty();
            transaction.commit();
        }
        assertThat(ORDERS.sql().column(CALLED)).containsExactly("8");
    }

    private static boolean execute(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            return statement.execute(sql);
        }
    }
}
