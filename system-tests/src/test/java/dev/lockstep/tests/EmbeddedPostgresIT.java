package dev.lockstep.tests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.lockstep.launcher.postgres.Schema;
import dev.lockstep.launcher.settings.DatabaseSettings;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The embedded servers are safe by default, and the application's role owns its own schema and no more. */
class EmbeddedPostgresIT {

    private static final String INSUFFICIENT_PRIVILEGE = "42501";
    private static final String INVALID_PASSWORD = "28P01";
    private static final String CHECK_VIOLATION = "23514";

    private final DatabaseSettings product = TestDatabases.product();

    @ParameterizedTest
    @CsvSource({
        "fsync, on",
        "full_page_writes, on",
        "synchronous_commit, on",
        "max_prepared_transactions, 64",
        "listen_addresses, 127.0.0.1",
        "password_encryption, scram-sha-256",
    })
    void serverIsConfiguredToKeepItsPromises(String parameter, String value) throws Exception {
        assertThat(text("SHOW " + parameter)).isEqualTo(value);
    }

    @Test
    void roleHasNoPrivilegeBeyondItsSchema() throws Exception {
        assertThat(text(
                        "SELECT rolsuper OR rolcreaterole OR rolcreatedb OR rolreplication OR rolbypassrls FROM pg_roles"
                                + " WHERE rolname = current_user"))
                .isEqualTo("f");
        assertThat(text("SELECT string_agg(nspname, ',') FROM pg_namespace"
                        + " WHERE nspowner = (SELECT oid FROM pg_roles WHERE rolname = current_user)"))
                .isEqualTo("product");
        refuses("CREATE TABLE public.mine (id int)", INSUFFICIENT_PRIVILEGE);
        refuses("CREATE SCHEMA mine", INSUFFICIENT_PRIVILEGE);
        refuses("CREATE TEMPORARY TABLE mine (id int)", INSUFFICIENT_PRIVILEGE);
        refuses("SELECT * FROM pg_authid", INSUFFICIENT_PRIVILEGE);
    }

    @Test
    void passwordIsAskedFor() {
        assertThatExceptionOfType(SQLException.class)
                .isThrownBy(
                        () -> Schema.dataSource(to(product.database(), "wrong")).getConnection())
                .satisfies(refusal -> assertThat(refusal.getSQLState()).isEqualTo(INVALID_PASSWORD));
    }

    @Test
    void otherDatabases_areClosedToTheRole() {
        String password = product.password().orElseThrow();
        for (String database : List.of("postgres", "template1")) {
            assertThatExceptionOfType(SQLException.class)
                    .isThrownBy(() -> Schema.dataSource(to(database, password)).getConnection())
                    .satisfies(refusal -> assertThat(refusal.getSQLState()).isEqualTo(INSUFFICIENT_PRIVILEGE));
        }
    }

    private DatabaseSettings to(String database, String password) {
        return new DatabaseSettings(
                product.name(), Optional.empty(), product.port(), database, product.user(), Optional.of(password));
    }

    /** The constraint behind the conditional update: no program can take more than there is. */
    @Test
    void stockBelowZero_isRefusedByTheDatabaseItself() throws Exception {
        int productId = new Databases(Schema.dataSource(product), null).productOf(1);
        refuses("UPDATE product SET product_nums = product_nums - 2 WHERE product_id = " + productId, CHECK_VIOLATION);
    }

    private void refuses(String sql, String sqlState) {
        assertThatExceptionOfType(SQLException.class)
                .as(sql)
                .isThrownBy(() -> {
                    try (Connection connection = Schema.dataSource(product).getConnection();
                            Statement statement = connection.createStatement()) {
                        statement.execute(sql);
                    }
                })
                .satisfies(refusal -> assertThat(refusal.getSQLState()).isEqualTo(sqlState));
    }

    private String text(String query) throws SQLException {
        try (Connection connection = Schema.dataSource(product).getConnection();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(query)) {
            row.next();
            return row.getString(1);
        }
    }
}
