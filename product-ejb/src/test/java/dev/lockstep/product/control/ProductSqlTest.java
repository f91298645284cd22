package dev.lockstep.product.control;

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

class ProductSqlTest {

    private static final TestDatabase PRODUCTS = TestDatabase.of("product");
    private static final String TAKEN = "SELECT taken FROM ticket_stock";

    private final ProductSql products = new ProductSql(PRODUCTS.dataSource());
    private final AtomicReference<Connection> used = new AtomicReference<>();

    @BeforeEach
    void nothingIsLeft() {
        PRODUCTS.empty();
    }

    @Test
    void connection_isGivenBack() throws SQLException {
        boolean isClosed = products.run(connection -> {
            used.set(connection);
            return connection.isClosed();
        });
        assertThat(isClosed).isFalse();
        assertThat(used.get().isClosed()).isTrue();
    }

    @Test
    void refusalOfTheDatabase_isTheCause_andTheConnectionIsGivenBack() throws SQLException {
        assertThatExceptionOfType(EJBException.class)
                .isThrownBy(() -> products.run(connection -> {
                    used.set(connection);
                    return execute(connection, "INSERT INTO ticket_stock (last_claim) VALUES (1)");
                }))
                .havingCause()
                .isInstanceOfSatisfying(
                        SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("23502"));
        assertThat(used.get().isClosed()).isTrue();
    }

    @Test
    void exceptionOfTheWork_isPassedOn_andTheConnectionIsGivenBack() throws SQLException {
        assertThatIllegalStateException()
                .isThrownBy(() -> products.run(connection -> {
                    used.set(connection);
                    throw new IllegalStateException("of the work");
                }))
                .withMessage("of the work");
        assertThat(used.get().isClosed()).isTrue();
    }

    @Test
    void withoutATransaction_eachStatementCommitsItself() {
        products.run(connection -> {
            execute(connection, "INSERT INTO ticket_stock VALUES (1, 1, 7)");
            assertThat(PRODUCTS.sql().column(TAKEN)).containsExactly("7");
            return null;
        });
    }

    /** What one call has done the next one sees, though its connection was given back; nobody else does. */
    @Test
    void withinATransaction_allCallsBelongToIt() {
        try (LocalTransaction transaction = PRODUCTS.begin()) {
            ProductSql within = new ProductSql(transaction.dataSource());
            within.run(connection -> execute(connection, "INSERT INTO ticket_stock VALUES (1, 1, 7)"));
            within.run(connection -> execute(connection, "UPDATE ticket_stock SET taken = taken + 1"));
            assertThat(PRODUCTS.sql().column(TAKEN)).isEmpty();
            transaction.commit();
        }
        assertThat(PRODUCTS.sql().column(TAKEN)).containsExactly("8");
    }

    private static boolean execute(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            return statement.execute(sql);
        }
    }
}
