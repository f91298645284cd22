package dev.lockstep.participant;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.sql.SQLException;
import java.util.concurrent.CompletableFuture;
import javax.transaction.xa.XAException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What follows from a vote of no, or from none (P1, P4). */
class PrepareFailureIT extends PrepareFixture {

    @Test
    void brokenDeferredConstraint_ofAFollower_rollsBothBack() throws Exception {
        ordersDatabase.execute("INSERT INTO account VALUES (99, 'Ann')");
        workIn("Ann", "Ann");
        product.prepare();
        assertXaError(XAException.XA_RBINTEGRITY, orders::prepare).withMessageContaining("votes no");
        product.rollback();
        ordersDatabase.execute("DELETE FROM account");
        assertRolledBack();
        assertReusable();
    }

    @Test
    void brokenDeferredConstraint_ofTheCommitPoint_rollsBothBack() throws Exception {
        productDatabase.execute("INSERT INTO account VALUES (99, 'Ann')");
        workIn("Ann", "Ann");
        assertXaError(XAException.XA_RBINTEGRITY, product::prepare);
        orders.rollback();
        productDatabase.execute("DELETE FROM account");
        assertRolledBack();
        assertReusable();
    }

    /** Payara's transaction manager drops the reason, so the log is where it is told. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            CREATE TEMP TABLE mine AS SELECT 1                 | 0A000 | operated on temporary objects
            NOTIFY orders                                      | 0A000 | has executed LISTEN, UNLISTEN, or NOTIFY
            DECLARE mine CURSOR WITH HOLD FOR SELECT 1         | 0A000 | has created a cursor WITH HOLD
            INSERT INTO account VALUES (2, 'Ann')              | 23505 | duplicate key value violates unique constraint
            SET TRANSACTION READ ONLY                          | 25006 | cannot execute INSERT in a read-only transaction
            """)
    void voteOfNo_isToldWithPostgresWords(String work, String state, String words) throws Exception {
        try (OperatorLog log = OperatorLog.ofAll()) {
            transaction = node.begin();
            orders = node.orders(transaction).open(1, "Ann").execute(work).end();
            product = node.product(transaction).open(1, "Ann").end();
            assertThatExceptionOfType(XAException.class)
                    .isThrownBy(orders::prepare)
                    .withMessageContaining(words);
            product.rollback();
            assertThat(log.about("Not prepared, so its transaction is rolled back"))
                    .singleElement()
                    .asString()
                    .startsWith("WARNING")
                    .contains(" in orders", "votes no: 4871251_", "SQLSTATE " + state, words);
        }
        assertRolledBack();
        assertReusable();
    }

    /** Two serializable transactions that each read what the other writes: PostgreSQL lets the first of them commit. */
    @Test
    void serializationFailure_atPrepare_votesNo_andMayBeTriedAgain() throws Exception {
        transaction = node.begin();
        product = node.product(transaction).open(1, "Ann").end();
        orders = node.orders(transaction)
                .execute("SET TRANSACTION ISOLATION LEVEL SERIALIZABLE")
                .execute("SELECT count(*) FROM account")
                .open(1, "Ann")
                .end();
        ordersDatabase.execute("BEGIN ISOLATION LEVEL SERIALIZABLE; SELECT count(*) FROM account;"
                + " INSERT INTO account VALUES (99, 'Eve'); COMMIT");
        product.prepare();
        assertXaError(XAException.XA_RBTRANSIENT, orders::prepare).withMessageContaining("votes no");
        product.rollback();
        ordersDatabase.execute("DELETE FROM account");
        assertRolledBack();
        assertReusable();
    }

    /** A deferred trigger that takes its time; PostgreSQL's statement_timeout does not bound it, the command timeout does. */
    @Test
    void dawdlingPrepare_isBounded_andRollsBothBack() throws Exception {
        ordersDatabase.atEachPrepare("PERFORM pg_sleep(4)");
        workIn("Ann", "Ann");
        product.prepare();
        assertXaError(XAException.XAER_RMFAIL, orders::prepare).withMessageContaining("no answer to the prepare");
        product.rollback();
        orders.rollback();
        // The server is still at it: the branch is prepared when nobody waits for it any more, and found by R2.
        ordersDatabase.execute("SET lock_timeout = '15s'; DROP FUNCTION dawdle CASCADE");
        assertRolledBack();
    }

    /** Scenario: an administrator cancels a PREPARE that dawdles. Expected outcome: it has not happened, and the vote says why. */
    @Test
    void cancelledPrepare_votesNo_andRollsBothBack() throws Exception {
        ordersDatabase.atEachPrepare("PERFORM pg_sleep(30)");
        workIn("Ann", "Ann");
        product.prepare();
        CompletableFuture<Void> administrator = CompletableFuture.runAsync(() -> await("cancelled", () -> ordersDatabase
                .column("SELECT pg_cancel_backend(pid) FROM pg_stat_activity WHERE wait_event = 'PgSleep'")
                .contains("t")));
        assertXaError(XAException.XA_RBTIMEOUT, orders::prepare).withMessageContaining("votes no");
        administrator.join();
        product.rollback();
        ordersDatabase.execute("DROP FUNCTION dawdle CASCADE");
        assertRolledBack();
        assertReusable();
    }

    /** Scenario: at its prepare a branch wants a row of somebody who waits for one of its own, and it is the one to notice. */
    @Test
    void deadlockAtThePrepare_votesNo_andRollsBothBack() throws Exception {
        ordersDatabase.execute("INSERT INTO account VALUES (99, 'Eve')");
        ordersDatabase.atEachPrepare("PERFORM FROM account WHERE id = 99 FOR UPDATE");
        workIn("Ann", "Ann");
        product.prepare();
        CompletableFuture<Void> other = CompletableFuture.runAsync(() -> ordersDatabase.execute(
                "SET deadlock_timeout = '1h'; BEGIN; UPDATE account SET owner = 'Eva' WHERE id = 99;"
                        + " INSERT INTO account VALUES (1, 'Bob'); ROLLBACK"));
        await("somebody waits", () -> !ordersDatabase
                .column("SELECT 1 FROM pg_locks WHERE NOT granted")
                .isEmpty());
        assertXaError(XAException.XA_RBDEADLOCK, orders::prepare).withMessageContaining("votes no");
        other.join();
        product.rollback();
        ordersDatabase.execute("DROP FUNCTION dawdle CASCADE; DELETE FROM account");
        assertRolledBack();
        assertReusable();
    }

    /** Scenario: the application ignores a statement that failed. PostgreSQL answers the PREPARE with ROLLBACK, not with an error. */
    @Test
    void statementTimeout_thatTheApplicationIgnores_votesNo() throws Exception {
        transaction = node.begin();
        product = node.product(transaction).open(1, "Ann").end();
        orders = node.orders(transaction).open(1, "Ann").execute("SET LOCAL statement_timeout = 50");
        assertThatExceptionOfType(SQLException.class)
                .isThrownBy(() -> orders.execute("SELECT pg_sleep(30)"))
                .satisfies(e -> assertThat(e.getSQLState()).isEqualTo("57014"));
        orders.end();
        product.prepare();
        assertXaError(XAException.XA_RBROLLBACK, orders::prepare).withMessageContaining("votes no");
        product.rollback();
        assertRolledBack();
        assertReusable();
    }

    @Test
    void tooManyPreparedTransactions_votesNo() throws Exception {
        int free = 6;
        for (int i = 0; i < free; i++) {
            ordersDatabase.execute("BEGIN; PREPARE TRANSACTION 'another program " + i + "'");
        }
        try {
            workIn("Ann", "Ann");
            product.prepare();
            assertXaError(XAException.XA_RBROLLBACK, orders::prepare)
                    .withMessageContaining("maximum number of prepared transactions reached");
            product.rollback();
        } finally {
            for (int i = 0; i < free; i++) {
                ordersDatabase.execute("ROLLBACK PREPARED 'another program " + i + "'");
            }
        }
        assertRolledBack();
        assertReusable();
    }

    @Test
    void decisionTableThatIsGone_votesNo() throws Exception {
        workIn("Ann", "Ann");
        productDatabase.execute("ALTER TABLE xa_decision RENAME TO hidden");
        try {
            assertXaError(XAException.XA_RBROLLBACK, product::prepare).withMessageContaining("xa_decision");
        } finally {
            productDatabase.execute("ALTER TABLE hidden RENAME TO xa_decision");
        }
        orders.rollback();
        assertRolledBack();
        assertReusable();
    }

    @Test
    void killedBackend_beforePrepare_rollsBothBack() throws Exception {
        transaction = node.begin();
        product = node.product(transaction).open(1, "Ann");
        orders = node.orders(transaction).open(1, "Ann");
        ordersDatabase.execute("SELECT pg_terminate_backend(" + orders.backend() + ", 5000)");
        product.end();
        orders.end();
        product.prepare();
        assertXaError(XAException.XAER_RMFAIL, orders::prepare).withMessageContaining("no answer to the prepare");
        product.rollback();
        orders.rollback();
        assertRolledBack();
    }

    @Test
    void lostRequest_toPrepare_rollsBothBack() throws Exception {
        workIn("Ann", "Ann");
        product.prepare();
        node.toOrders.loseRequest("PREPARE TRANSACTION");
        assertXaError(XAException.XAER_RMFAIL, orders::prepare);
        product.rollback();
        orders.rollback();
        assertRolledBack();
    }

    @Test
    void lostAnswer_toPrepareOfAFollower_rollsBothBack() throws Exception {
        workIn("Ann", "Ann");
        product.prepare();
        node.toOrders.loseAnswer("PREPARE TRANSACTION");
        assertXaError(XAException.XAER_RMFAIL, orders::prepare);
        assertThat(ordersDatabase.prepared()).as("although nobody was told").hasSize(1);
        product.rollback();
        orders.rollback();
        assertRolledBack();
    }

    @Test
    void lostAnswer_toPrepareOfTheCommitPoint_rollsBothBack() throws Exception {
        workIn("Ann", "Ann");
        node.toProduct.loseAnswer("PREPARE TRANSACTION");
        assertXaError(XAException.XAER_RMFAIL, product::prepare);
        product.rollback();
        orders.rollback();
        assertRolledBack();
    }

    /** Nobody answers while the rollback is tried, either: the resolver does it when the database is back (R1, R2). */
    @Test
    void lostAnswers_toPrepareAndRollback_areTheResolversToSettle() throws Exception {
        workIn("Ann", "Ann");
        product.prepare();
        orders.prepare();
        node.toProduct.cut();
        node.toOrders.cut();
        assertXaError(XAException.XAER_RMFAIL, product::rollback);
        assertXaError(XAException.XAER_RMFAIL, orders::rollback);
        assertThat(productDatabase.prepared()).hasSize(1);
        assertThat(ordersDatabase.prepared()).hasSize(1);
        node.toProduct.heal();
        node.toOrders.heal();
        assertRolledBack();
    }
}
