package dev.lockstep.participant;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.lockstep.participant.branch.BranchId;
import dev.lockstep.participant.branch.GlobalId;
import dev.lockstep.participant.branch.Role;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import javax.transaction.xa.XAException;
import javax.transaction.xa.XAResource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.postgresql.PGConnection;

/** P1: who is prepared, in which order, and who need not be. */
class PrepareIT extends PrepareFixture {

    @Test
    void firstBranchIsTheCommitPoint_andNamesTellWhomToAsk() throws Exception {
        workIn("Ann", "Ann");
        product.prepare();
        orders.prepare();

        BranchId commitPoint = productDatabase.prepared().get(0);
        BranchId follower = ordersDatabase.prepared().get(0);
        assertThat(commitPoint.role()).isEqualTo(Role.COMMIT_POINT);
        assertThat(commitPoint.global()).isEqualTo(GlobalId.of(transaction));
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

    /** Scenario: the first branch writes nothing. Expected outcome: the second keeps the decision. */
    @ParameterizedTest
    @ValueSource(strings = {"SELECT 1", ""})
    void commitPointThatWroteNothing_handsItsPartToTheNext(String work) throws Exception {
        transaction = node.begin();
        product = node.product(transaction);
        if (!work.isEmpty()) {
            product.execute(work);
        }
        orders = node.orders(transaction).open(1, "Ann").end();
        product.end().voteReadOnly();
        orders.prepare();
        assertThat(productDatabase.prepared()).isEmpty();
        assertThat(ordersDatabase.prepared()).singleElement().asString().contains(" C0.orders.");
        orders.commit();
        assertThat(ordersDatabase.owners()).containsExactly("Ann");
        ordersDatabase.execute("DELETE FROM account");
        assertReusable();
    }

    /** Scenario: the first of three writes nothing. Expected outcome: the third follows the second, and is settled by its row. */
    @Test
    void followerOfACommitPointThatWasSecond_isSettledByThatOne() throws Exception {
        transaction = node.begin();
        Work reading =
                node.orders(transaction).execute("SELECT count(*) FROM account").end();
        product = node.product(transaction).open(1, "Ann").end();
        orders = node.orders(transaction).open(1, "Ann").end();
        reading.voteReadOnly();
        product.prepare();
        orders.prepare();
        assertThat(productDatabase.prepared()).singleElement().asString().contains(" C0.product.");
        assertThat(ordersDatabase.prepared()).singleElement().asString().contains(" F2.product.");
        product.commit();
        assertThat(productDatabase.decisions()).hasSize(1).allMatch(followers -> followers.startsWith("orders."));
        node.toOrders.cut();
        orders.commit();
        node.toOrders.heal();
        assertCommitted("Ann");
    }

    /** Else somebody might write, before the decision, what contradicts what it has read. */
    @Test
    void branchThatReadSerializably_isPrepared() throws Exception {
        transaction = node.begin();
        product = node.product(transaction)
                .execute("SET TRANSACTION ISOLATION LEVEL SERIALIZABLE")
                .execute("SELECT count(*) FROM account")
                .end();
        orders = node.orders(transaction).open(1, "Ann").end();
        product.prepare();
        orders.prepare();
        assertThat(productDatabase.prepared()).hasSize(1);
        product.rollback();
        orders.rollback();
        assertRolledBack();
    }

    /** What is said on a connection whose branch is prepared would be committed by itself. */
    @Test
    void handleOfAPreparedBranch_saysNothing() throws Exception {
        workIn("Ann", "Ann");
        product.prepare();
        assertThatExceptionOfType(SQLException.class)
                .isThrownBy(() -> product.open(2, "Eve"))
                .withMessageContaining("createStatement is not allowed while the connection waits for the end of");
        product.rollback();
        orders.rollback();
        product.open(2, "Bob").open(3, "Eve");
        productDatabase.execute("DELETE FROM account");
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
}
