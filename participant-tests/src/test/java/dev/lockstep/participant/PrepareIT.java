package dev.lockstep.participant;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.lockstep.participant.branch.BranchId;
import dev.lockstep.participant.branch.Role;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import javax.transaction.xa.XAException;
import javax.transaction.xa.XAResource;
import javax.transaction.xa.Xid;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.postgresql.PGConnection;

/** P1, and what follows from a vote against it (P4). */
class PrepareIT extends ProtocolFixture {

    private Xid transaction;
    private Work product;
    private Work orders;

    private void workIn(String productOwner, String ordersOwner) throws Exception {
        transaction = node.begin();
        product = node.product(transaction).open(1, productOwner);
        orders = node.orders(transaction).open(1, ordersOwner);
        product.end();
        orders.end();
    }

    @Test
    void firstBranchIsTheCommitPoint_andNamesTellWhomToAsk() throws Exception {
        workIn("Ann", "Ann");
        product.prepare();
        orders.prepare();

        BranchId commitPoint = productDatabase.prepared().get(0);
        BranchId follower = ordersDatabase.prepared().get(0);
        assertThat(commitPoint.role()).isEqualTo(Role.COMMIT_POINT);
        assertThat(commitPoint.getGlobalTransactionId()).isEqualTo(transaction.getGlobalTransactionId());
        assertThat(commitPoint.global().coordinator()).isEqualTo("shop,server,P100");
        assertThat(follower.role()).isEqualTo(Role.FOLLOWER);
        assertThat(follower.commitPoint()).isEqualTo(commitPoint.commitPoint());
        assertThat(follower.commitPoint().name()).isEqualTo("product");
        assertThat(productDatabase.decisions())
                .as("invisible before the commit")
                .isEmpty();

        product.commit();
        assertThat(productDatabase.decisions()).hasSize(1).allMatch(followers -> followers.startsWith("orders."));
        orders.commit();
        assertCommitted("Ann");
    }

    /** The queries of the page for drop-in users (README.md), by which a branch is settled by hand. */
    @Test
    void branch_canBeReadAndSettledByHand() throws Exception {
        workIn("Ann", "Ann");
        product.prepare();
        orders.prepare();
        String readable =
                "SELECT convert_from(decode(split_part(gid, '_', 3), 'base64'), 'UTF8') FROM pg_prepared_xacts";
        assertThat(productDatabase.column(readable)).hasSize(1).allMatch(name -> name.startsWith("C0.product."));
        assertThat(ordersDatabase.column(readable)).hasSize(1).allMatch(name -> name.startsWith("F1.product."));
        BranchId follower = ordersDatabase.prepared().get(0);
        product.commit();
        assertThat(productDatabase.column("SELECT 1 FROM xa_decision WHERE global_id = '"
                        + follower.gid().substring(0, follower.gid().lastIndexOf('_')) + "'"))
                .hasSize(1);
        ordersDatabase.execute("COMMIT PREPARED '" + follower.gid() + "'");
        orders.commit();
        assertCommitted("Ann");
    }

    @Test
    void whicheverDatabaseIsFirst_keepsTheDecision() throws Exception {
        transaction = node.begin();
        orders = node.orders(transaction).open(1, "Ann").end();
        product = node.product(transaction).open(1, "Ann").end();
        orders.prepare();
        product.prepare();
        orders.commit();
        assertThat(ordersDatabase.decisions()).hasSize(1);
        assertThat(productDatabase.decisions()).isEmpty();
        product.commit();
        assertCommitted("Ann");
    }

    @Test
    void readOnlyBranch_isPreparedToo() throws Exception {
        orders = node.orders(node.begin()).end();
        orders.rollback();
        orders.handle().setReadOnly(true);
        transaction = node.begin();
        product = node.product(transaction).open(1, "Ann").end();
        orders.start(transaction).open(1, "Ann").end();
        product.prepare();
        orders.prepare();
        product.commit();
        orders.commit();
        assertCommitted("Ann");
    }

    @Test
    void handle_refusesToEndTheBranch_andStaysOne() throws Exception {
        transaction = node.begin();
        product = node.product(transaction).open(1, "Ann");
        assertThatExceptionOfType(SQLException.class)
                .isThrownBy(() -> product.handle().commit())
                .withMessageContaining("commit is not allowed while the connection works for");
        assertThatExceptionOfType(SQLException.class)
                .isThrownBy(() -> product.handle().setAutoCommit(true));
        assertThatExceptionOfType(SQLException.class)
                .isThrownBy(() -> product.handle().setReadOnly(true));
        product.handle().setAutoCommit(false);
        assertThat(product.connection().getConnection()).isSameAs(product.handle());
        orders = node.orders(transaction).open(1, "Ann").end();
        product.end().prepare();
        orders.prepare();
        product.commit();
        orders.commit();
        assertCommitted("Ann");
        assertThat(product.handle().getAutoCommit()).isTrue();
    }

    /** Scenario: one branch without a statement, one that only reads. Expected outcome: nothing is prepared, and no decision kept. */
    @Test
    void transactionThatWroteNothing_preparesNothing() throws Exception {
        transaction = node.begin();
        product = node.product(transaction).end();
        orders = node.orders(transaction)
                .execute("UPDATE account SET owner = 'Bob' WHERE id = 77")
                .end();
        product.voteReadOnly();
        orders.voteReadOnly();
        assertRolledBack();
        assertReusable();
    }

    /** Scenario: only the commit point writes. Expected outcome: its follower is over with its vote, and the decision forgotten at once. */
    @Test
    void followerThatWroteNothing_votesReadOnly() throws Exception {
        transaction = node.begin();
        product = node.product(transaction).open(1, "Ann").end();
        orders =
                node.orders(transaction).execute("SELECT count(*) FROM account").end();
        product.prepare();
        orders.voteReadOnly();
        assertThat(ordersDatabase.prepared()).isEmpty();
        product.commit();
        assertThat(productDatabase.owners()).containsExactly("Ann");
        await("forgotten", () -> productDatabase.decisions().isEmpty());
        productDatabase.execute("DELETE FROM account");
        assertReusable();
    }

    /** Scenario: what it writes through a foreign table needs no transaction id. Expected outcome: it is prepared, or refused, as ever. */
    @Test
    void followerThatMayHaveWrittenThroughAForeignTable_isPrepared() throws Exception {
        ordersDatabase.execute("CREATE FOREIGN DATA WRAPPER other; CREATE SERVER elsewhere FOREIGN DATA WRAPPER other");
        try {
            transaction = node.begin();
            product = node.product(transaction).open(1, "Ann").end();
            orders = node.orders(transaction)
                    .execute("SELECT count(*) FROM account")
                    .end();
            product.prepare();
            orders.prepare();
            assertThat(ordersDatabase.prepared()).hasSize(1);
            product.rollback();
            orders.rollback();
        } finally {
            ordersDatabase.execute("DROP FOREIGN DATA WRAPPER other CASCADE");
        }
    }

    /** Scenario: only a follower writes. Expected outcome: the commit point keeps the decision although it wrote nothing itself. */
    @ParameterizedTest
    @ValueSource(strings = {"SELECT 1", ""})
    void commitPointThatWroteNothing_isPreparedForItsFollowers(String work) throws Exception {
        transaction = node.begin();
        product = node.product(transaction);
        if (!work.isEmpty()) {
            product.execute(work);
        }
        orders = node.orders(transaction).open(1, "Ann").end();
        product.end().prepare();
        orders.prepare();
        product.commit();
        assertThat(productDatabase.decisions()).hasSize(1);
        orders.commit();
        assertThat(ordersDatabase.owners()).containsExactly("Ann");
        ordersDatabase.execute("DELETE FROM account");
        assertReusable();
    }

    /** A lock on a row is kept till the decision. */
    @Test
    void followerThatLockedARow_isPrepared() throws Exception {
        ordersDatabase.execute("INSERT INTO account VALUES (5, 'Eve')");
        transaction = node.begin();
        product = node.product(transaction).open(1, "Ann").end();
        orders = node.orders(transaction)
                .execute("SELECT FROM account FOR UPDATE")
                .end();
        product.prepare();
        orders.prepare();
        product.rollback();
        orders.rollback();
        ordersDatabase.execute("DELETE FROM account");
        assertRolledBack();
    }

    /** What a branch that only notifies has to say is said with its vote. */
    @Test
    void followerThatOnlyNotifies_isHeard() throws Exception {
        try (Connection listener = ordersDatabase.superuser().getConnection();
                Statement statement = listener.createStatement()) {
            statement.execute("LISTEN orders");
            transaction = node.begin();
            product = node.product(transaction).open(1, "Ann").end();
            orders = node.orders(transaction).execute("NOTIFY orders").end();
            product.prepare();
            orders.voteReadOnly();
            assertThat(listener.unwrap(PGConnection.class).getNotifications(5_000))
                    .hasSize(1);
        }
        product.rollback();
        assertRolledBack();
    }

    @Test
    void branchThatWritesAfterAReadOnlyVoteForAll_votesNo() throws Exception {
        transaction = node.begin();
        product = node.product(transaction).end();
        orders = node.orders(transaction).end();
        product.voteReadOnly();
        orders.open(1, "Ann");
        assertXaError(XAException.XA_RBROLLBACK, orders::prepare).withMessageContaining("it has written");
        assertRolledBack();
        assertReusable();
    }

    @Test
    void localTransaction_isNotDrawnIn() throws Exception {
        product = node.product(node.begin()).end();
        product.rollback();
        product.handle().setAutoCommit(false);
        product.open(1, "Ann");
        assertXaError(XAException.XAER_OUTSIDE, () -> product.start(node.begin()))
                .withMessageContaining("a local transaction is open");
        product.handle().rollback();
        product.handle().setAutoCommit(true);
    }

    @Test
    void followerBeforeCommitPoint_votesNo() throws Exception {
        workIn("Ann", "Ann");
        assertXaError(XAException.XA_RBPROTO, orders::prepare).withMessageContaining("before its commit point");
        product.rollback();
        assertRolledBack();
        assertReusable();
    }

    @Test
    void branchThatJoinsWhilePreparing_isRefused() throws Exception {
        transaction = node.begin();
        product = node.product(transaction).open(1, "Ann").end().prepare();
        assertXaError(XAException.XAER_PROTO, () -> node.orders(transaction))
                .withMessageContaining("cannot join")
                .withMessageContaining("has begun to prepare");
        product.rollback();
        assertRolledBack();
    }

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

    @Test
    void preparedBranches_rollBackWhenTold() throws Exception {
        workIn("Ann", "Ann");
        product.prepare();
        orders.prepare();
        product.rollback();
        orders.rollback();
        assertThat(productDatabase.prepared()).isEmpty();
        assertThat(ordersDatabase.prepared()).isEmpty();
        assertRolledBack();
        assertReusable();
    }

    @Test
    void nothingIsShownToTheTransactionManager() throws Exception {
        workIn("Ann", "Ann");
        product.prepare();
        orders.prepare();
        assertThat(product.resource().recover(XAResource.TMSTARTRSCAN | XAResource.TMENDRSCAN))
                .isEmpty();
        assertXaError(XAException.XAER_INVAL, () -> product.resource().recover(XAResource.TMJOIN));
        product.rollback();
        orders.rollback();
    }

    private void assertReusable() throws Exception {
        Xid next = node.begin();
        product.start(next).open(7, "Next");
        orders.start(next).open(7, "Next");
        product.end().prepare();
        orders.end().prepare();
        product.commit();
        orders.commit();
        assertThat(productDatabase.owners()).isEqualTo(List.of("Next"));
        assertThat(ordersDatabase.owners()).isEqualTo(List.of("Next"));
    }
}
