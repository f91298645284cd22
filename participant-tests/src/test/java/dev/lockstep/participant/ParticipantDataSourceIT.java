package dev.lockstep.participant;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.lockstep.participant.database.DecisionTable;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import javax.sql.ConnectionEvent;
import javax.sql.ConnectionEventListener;
import javax.sql.XAConnection;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a pool meets: a database that is not ready, values out of range, connections that break. */
class ParticipantDataSourceIT extends ProtocolFixture {

    /** Else a run on another version would prove nothing about it. */
    @Test
    void databasesAreOfTheMajorVersionAskedFor() {
        String asked = System.getProperty("lockstep.postgres") + ".";
        assertThat(productDatabase.column("SHOW server_version"))
                .singleElement()
                .asString()
                .startsWith(asked);
        assertThat(ordersDatabase.column("SHOW server_version"))
                .singleElement()
                .asString()
                .startsWith(asked);
    }

    @Test
    void missingTable_isRefusedWithTheSqlThatCreatesIt() {
        refusedWhile("ALTER TABLE xa_decision RENAME TO hidden", "ALTER TABLE hidden RENAME TO xa_decision");
    }

    @Test
    void tableOfAnotherForm_isRefused() {
        refusedWhile(
                "ALTER TABLE xa_decision RENAME COLUMN followers TO others",
                "ALTER TABLE xa_decision RENAME COLUMN others TO followers");
    }

    @Test
    void tableThatIsNotWritable_isRefused() throws Exception {
        productDatabase.execute("CREATE ROLE clerk LOGIN PASSWORD 'clerk'");
        productDatabase.execute("GRANT SELECT, INSERT ON xa_decision TO clerk");
        try (Node fresh = new Node("fresh,server,P100")) {
            fresh.productPool().setUser("clerk");
            fresh.productPool().setPassword("clerk");
            assertRefusal(() -> fresh.productPool().getXAConnection()).withMessageContaining("clerk");
            productDatabase.execute("GRANT DELETE ON xa_decision TO clerk");
            fresh.productPool().getXAConnection().close();
        } finally {
            productDatabase.execute("DROP OWNED BY clerk");
            productDatabase.execute("DROP ROLE clerk");
        }
    }

    /** "No row" would not be a no. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            row-level security | ALTER TABLE xa_decision ENABLE ROW LEVEL SECURITY | ALTER TABLE xa_decision DISABLE ROW LEVEL SECURITY
            a trigger | CREATE TRIGGER t BEFORE INSERT ON xa_decision EXECUTE FUNCTION suppress_redundant_updates_trigger() | DROP TRIGGER t ON xa_decision
            a rule | CREATE RULE r AS ON INSERT TO xa_decision DO INSTEAD NOTHING | DROP RULE r ON xa_decision
            not outlive a crash | ALTER TABLE xa_decision SET UNLOGGED | ALTER TABLE xa_decision SET LOGGED
            no ordinary table | ALTER TABLE xa_decision RENAME TO hidden; CREATE VIEW xa_decision AS SELECT * FROM hidden | DROP VIEW xa_decision; ALTER TABLE hidden RENAME TO xa_decision
            """)
    void tableThatMayHideOrLoseADecision_isRefused(String reason, String spoil, String mend) {
        productDatabase.execute(spoil);
        try (Node fresh = new Node("fresh,server,P100")) {
            assertThatExceptionOfType(SQLException.class)
                    .isThrownBy(() -> fresh.productPool().getXAConnection())
                    .withMessageContaining("cannot take part in transactions")
                    .withMessageContaining(reason);
        } finally {
            productDatabase.execute(mend);
        }
    }

    /** A container may give the user to each connection (WildFly does); then the property is not set. */
    @Test
    void userOfTheConnections_isThatOfTheSessionsBeside_too() throws Exception {
        productDatabase.execute("CREATE ROLE clerk LOGIN; GRANT SELECT, INSERT, DELETE ON xa_decision TO clerk");
        try (Node fresh = new Node("fresh,server,P100")) {
            fresh.productPool().setUser(null);
            Work work = new Work(fresh.productPool().getXAConnection("clerk", "any"), fresh.begin());
            assertThat(productDatabase.column(
                            "SELECT usename FROM pg_stat_activity WHERE application_name LIKE 'lockstep % fresh,%'"))
                    .containsExactly("clerk");
            work.end().rollback();
            assertThatExceptionOfType(SQLException.class)
                    .isThrownBy(() -> fresh.productPool().getXAConnection("postgres", "any"))
                    .withMessageContaining("user=postgres cannot connect in a pool of user=clerk");
        } finally {
            productDatabase.execute("DROP OWNED BY clerk; DROP ROLE clerk");
        }
    }

    private void refusedWhile(String spoil, String mend) {
        productDatabase.execute(spoil);
        try (Node fresh = new Node("fresh,server,P100")) {
            assertRefusal(() -> fresh.productPool().getXAConnection());
        } finally {
            productDatabase.execute(mend);
        }
    }

    private static org.assertj.core.api.ThrowableAssertAlternative<SQLException> assertRefusal(
            ThrowingCallable connect) {
        return assertThatExceptionOfType(SQLException.class)
                .isThrownBy(connect)
                .withMessageContaining("CREATE TABLE xa_decision")
                .withMessageContaining("cannot take part in transactions");
    }

    @Test
    void valuesOutOfRange_areRefusedWithTheLimit() {
        ParticipantDataSource source = node.productPool();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> source.setDecisionRetentionSeconds(9))
                .withMessage("decisionRetentionSeconds=9 must be 10 to 604800");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> source.setResolverIntervalMillis(99))
                .withMessage("resolverIntervalMillis=99 must be 100 to 60000");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> source.setAnswerTimeoutSeconds(0))
                .withMessage("answerTimeoutSeconds=0 must be 1 to 60");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> source.setCommandTimeoutSeconds(61))
                .withMessage("commandTimeoutSeconds=61 must be 1 to 60");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> source.setParticipantName("orders.eu"))
                .withMessageContaining("participantName=orders.eu must be 1 to 28 letters");
    }

    @Test
    void retentionThatACommitMayOutlast_isRefused() {
        try (Node fresh = new Node("fresh,server,P100")) {
            fresh.productPool().setDecisionRetentionSeconds(10);
            fresh.productPool().setCommandTimeoutSeconds(3);
            assertThatExceptionOfType(SQLException.class)
                    .isThrownBy(() -> fresh.productPool().getXAConnection())
                    .withMessage("decisionRetentionSeconds=10 must be at least four times commandTimeoutSeconds=3");
        }
    }

    /** A standby has its primary's numbers, but neither its prepared transactions nor its latest rows. */
    @Test
    void standby_isRefused(@TempDir Path folder) throws Exception {
        server(folder, true).close();
        Files.createFile(folder.resolve("standby.signal"));
        try (EmbeddedPostgres standby = server(folder, false);
                Node fresh = new Node("fresh,server,P100")) {
            fresh.productPool().setPortNumbers(new int[] {standby.getPort()});
            assertThatExceptionOfType(SQLException.class)
                    .isThrownBy(() -> fresh.productPool().getXAConnection())
                    .withMessageContaining("is a standby; only a primary takes part");
        }
    }

    /** A primary, or what it has become, with a table for decisions. */
    private static EmbeddedPostgres server(Path folder, boolean isNew) throws Exception {
        EmbeddedPostgres server = EmbeddedPostgres.builder()
                .setDataDirectory(folder)
                .setCleanDataDirectory(false)
                .start();
        if (isNew) {
            try (Connection connection = server.getPostgresDatabase().getConnection();
                    Statement statement = connection.createStatement()) {
                statement.execute(DecisionTable.DDL);
            }
        }
        return server;
    }

    private static void copy(Path from, Path to) throws Exception {
        Process copying = new ProcessBuilder("cp", "-a", from + "/.", to.toString())
                .inheritIO()
                .start();
        assertThat(copying.waitFor()).isZero();
    }

    /** Two servers of one identity cannot be told apart: what one has forgotten the other one may be asked for. */
    @Test
    void cloneOfAKnownServer_isRefused(@TempDir Path original, @TempDir Path clone) throws Exception {
        server(original, true).close();
        copy(original, clone);
        try (EmbeddedPostgres first = server(original, false);
                EmbeddedPostgres second = server(clone, false);
                Node fresh = new Node("fresh,server,P100")) {
            fresh.productPool().setPortNumbers(new int[] {first.getPort()});
            fresh.productPool().getXAConnection().close();
            fresh.ordersPool().setPortNumbers(new int[] {second.getPort()});
            assertThatExceptionOfType(SQLException.class)
                    .isThrownBy(() -> fresh.ordersPool().getXAConnection())
                    .withMessageContaining("was cloned from the other's data directory");
        }
    }

    /** The application may change the search path; decisions stay where they are looked for. */
    @Test
    void searchPathOfTheApplication_doesNotMoveTheDecision() throws Exception {
        productDatabase.execute("CREATE SCHEMA tenant");
        productDatabase.execute("CREATE TABLE tenant.xa_decision (LIKE public.xa_decision INCLUDING ALL)");
        try {
            Work work = node.product(node.begin())
                    .execute("SET search_path = tenant, public")
                    .touch();
            work.end().prepare();
            node.toProduct.loseAnswer("COMMIT PREPARED");
            work.commit();
            assertThat(productDatabase.column("SELECT 1 FROM tenant.xa_decision"))
                    .isEmpty();
        } finally {
            productDatabase.execute("DROP SCHEMA tenant CASCADE");
        }
    }

    /** A name that suddenly leads elsewhere must not decide anything. */
    @Test
    void poolThatLeadsToAnotherDatabase_isRefused() {
        node.productPool().setPortNumbers(new int[] {node.toOrders.port()});
        assertThatExceptionOfType(SQLException.class)
                .isThrownBy(() -> node.productPool().getXAConnection())
                .withMessageContaining("now leads to another database");
    }

    @Test
    void connectionThatBrokeInACommit_isReportedToThePool() throws Exception {
        Work work = node.product(node.begin()).open(1, "Ann");
        List<String> errors = new ArrayList<>();
        work.connection().addConnectionEventListener(new ConnectionEventListener() {
            @Override
            public void connectionClosed(ConnectionEvent event) {
                errors.add("closed");
            }

            @Override
            public void connectionErrorOccurred(ConnectionEvent event) {
                errors.add("broken: " + event.getSQLException().getMessage());
            }
        });
        work.end().prepare();
        node.toProduct.loseAnswer("COMMIT PREPARED");
        work.commit();
        assertThat(errors).hasSize(1).allMatch(error -> error.startsWith("broken"));
        productDatabase.execute("DELETE FROM account");
    }

    /** A pool that validates before every use pays no round trip for it under load, and learns of broken connections at once. */
    @Test
    void validity_isKnownWithoutARoundTrip() throws Exception {
        Work work = node.product(node.begin()).end();
        work.rollback();
        node.toProduct.stall();
        assertThat(work.handle().isValid(1)).as("it has just answered").isTrue();
        node.toProduct.heal();
        productDatabase.execute("SELECT pg_terminate_backend(" + work.backend() + ", 5000)");
        assertThatExceptionOfType(SQLException.class).isThrownBy(work::backend);
        assertThat(work.handle().isValid(1)).as("a statement failed for good").isFalse();
    }

    /**
     * Scenario: the network stalls right after a statement that commits itself, and again later, after a handle without statements. Expected
     * outcome: the first is trusted, the second proves nothing.
     */
    @Test
    void validity_isKnownAfterALocalStatement_notAfterNone() throws Exception {
        XAConnection pooled = node.productPool().getXAConnection();
        try {
            Connection used = pooled.getConnection();
            used.createStatement().execute("SELECT 1");
            used.close();
            node.toProduct.stall();
            assertThat(pooled.getConnection().isValid(1))
                    .as("it has just answered")
                    .isTrue();
            await("trusted for a second only", () -> !isValid(pooled));
        } finally {
            node.toProduct.heal();
            pooled.close();
        }
    }

    private static boolean isValid(XAConnection pooled) {
        try (Connection handle = pooled.getConnection()) {
            return handle.isValid(1);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void validity_ofAnIdleConnection_isAskedOfTheServer() throws Exception {
        Work work = node.product(node.begin()).end();
        work.rollback();
        productDatabase.execute("SELECT pg_terminate_backend(" + work.backend() + ", 5000)");
        await("trusted for a second only", () -> {
            try {
                return !work.handle().isValid(1);
            } catch (SQLException e) {
                throw new IllegalStateException(e);
            }
        });
    }

    /**
     * Scenario: another thread, a timeout's say, rolls back while the worker waits for a row lock. Expected outcome: the worker's statement ends at
     * once, and none that it sends later is committed by itself.
     */
    @Test
    void rollbackByAnotherThread_endsTheWorkForGood() throws Exception {
        productDatabase.execute("INSERT INTO account VALUES (5, 'old')");
        ordersDatabase.execute("INSERT INTO account VALUES (5, 'old')");
        Work holder = node.product(node.begin()).execute("UPDATE account SET owner = 'held' WHERE id = 5");
        Work waiter = node.product(node.begin());
        Thread timeout = new Thread(() -> {
            await(
                    "it waits",
                    () -> productDatabase
                                    .column("SELECT pid FROM pg_stat_activity WHERE wait_event_type = 'Lock'")
                                    .size()
                            == 1);
            try {
                waiter.end();
                waiter.rollback();
            } catch (javax.transaction.xa.XAException e) {
                throw new IllegalStateException(e);
            }
        });
        timeout.start();
        assertThatExceptionOfType(SQLException.class)
                .isThrownBy(() -> waiter.execute("UPDATE account SET owner = 'late' WHERE id = 5"));
        timeout.join();
        assertThatExceptionOfType(SQLException.class)
                .isThrownBy(() -> waiter.execute("INSERT INTO account VALUES (6, 'too late')"));
        holder.end().rollback();
        assertThat(productDatabase.owners()).containsExactly("old");
    }

    @Test
    void closedConnection_takesItsWorkWithIt() throws Exception {
        Work work = node.product(node.begin()).open(1, "Ann");
        work.connection().close();
        await("gone", () -> productDatabase.owners().isEmpty());
        assertRolledBack();
    }
}
