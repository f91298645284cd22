package dev.lockstep.participant;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.lockstep.participant.database.NameLock;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import javax.transaction.xa.XAException;
import javax.transaction.xa.Xid;
import org.junit.jupiter.api.Test;

/** P2 and P3: every way in which a COMMIT PREPARED can go wrong. */
class CommitIT extends ProtocolFixture {

    private Xid transaction;
    private Work product;
    private Work orders;

    private void prepareBoth() throws Exception {
        transaction = node.begin();
        product = node.product(transaction).open(1, "Ann");
        orders = node.orders(transaction).open(1, "Ann");
        product.end();
        orders.end();
        product.prepare();
        orders.prepare();
    }

    @Test
    void bothCommit_andTheDecisionIsForgotten() throws Exception {
        prepareBoth();
        product.commit();
        orders.commit();
        assertThat(productDatabase.owners()).containsExactly("Ann");
        assertThat(ordersDatabase.owners()).containsExactly("Ann");
    }

    /** Scenario: the decision is made, but the answer is lost. Expected outcome: a yes, told at once, since the row is there. */
    @Test
    void lostAnswer_ofTheCommitPoint_isLookedUp() throws Exception {
        prepareBoth();
        node.toProduct.loseAnswer("COMMIT PREPARED");
        product.commit();
        orders.commit();
        assertThat(ordersDatabase.owners()).containsExactly("Ann");
        assertCommitted("Ann");
    }

    /** Scenario: COMMIT PREPARED never arrives. Expected outcome: a yes; it is sent once more on a fresh connection. */
    @Test
    void lostRequest_toTheCommitPoint_isSentOnceMore() throws Exception {
        prepareBoth();
        node.toProduct.loseRequest("COMMIT PREPARED");
        product.commit();
        orders.commit();
        assertThat(ordersDatabase.owners()).containsExactly("Ann");
        assertCommitted("Ann");
    }

    /** Scenario: the server ended the session (57P01) between the phases. Expected outcome: a yes. */
    @Test
    void killedBackends_betweenThePhases_commitOnFreshConnections() throws Exception {
        transaction = node.begin();
        product = node.product(transaction).open(1, "Ann");
        orders = node.orders(transaction).open(1, "Ann");
        int productBackend = product.backend();
        int ordersBackend = orders.backend();
        product.end();
        orders.end();
        product.prepare();
        orders.prepare();
        productDatabase.execute("SELECT pg_terminate_backend(" + productBackend + ", 5000)");
        ordersDatabase.execute("SELECT pg_terminate_backend(" + ordersBackend + ", 5000)");
        product.commit();
        orders.commit();
        assertThat(productDatabase.owners()).containsExactly("Ann");
        assertThat(ordersDatabase.owners()).containsExactly("Ann");
    }

    /** Scenario: the commit point's database is away. Expected outcome: unknown; when it is back, R1 commits as we decided. */
    @Test
    void commitPointAway_isUnknown_andCommittedLater() throws Exception {
        prepareBoth();
        node.toProduct.cut();
        assertXaError(XAException.XAER_RMFAIL, product::commit).withMessageContaining("cannot tell the outcome");
        assertXaError(XAException.XAER_RMFAIL, orders::commit).withMessageContaining("cannot tell the outcome");
        assertThat(productDatabase.prepared()).hasSize(1);
        assertThat(ordersDatabase.prepared()).hasSize(1);
        node.toProduct.heal();
        assertCommitted("Ann");
    }

    /** Scenario: meanwhile a stranger has our name. Expected outcome: R1 commits what we decided to commit, and nobody rolls it back. */
    @Test
    void commitPointAway_andOurNameLost_isCommittedLater() throws Exception {
        prepareBoth();
        node.toProduct.cut();
        assertXaError(XAException.XAER_RMFAIL, product::commit);
        assertXaError(XAException.XAER_RMFAIL, orders::commit);
        String name = "shop,server,P100";
        await("our session is gone", () -> productDatabase.holders(name).isEmpty());
        try (Connection stranger = productDatabase.superuser().getConnection();
                Statement statement = stranger.createStatement()) {
            statement.execute("SELECT pg_advisory_lock(" + NameLock.key(name) + ")");
            node.toProduct.heal();
            assertCommitted("Ann");
        }
    }

    /** Scenario: the answer is lost and nobody can be asked, until the follower is told to commit. Expected outcome: it finds out. */
    @Test
    void commitPointAway_butBackForTheFollower_isCommittedAtOnce() throws Exception {
        prepareBoth();
        node.toProduct.loseAnswer("COMMIT PREPARED", node.toProduct::cut);
        assertXaError(XAException.XAER_RMFAIL, product::commit);
        node.toProduct.heal();
        orders.commit();
        assertThat(productDatabase.owners()).containsExactly("Ann");
        assertThat(ordersDatabase.owners()).containsExactly("Ann");
    }

    /** Scenario: another's R1 took us for dead. Expected outcome: both are rolled back and both say so. */
    @Test
    void commitPointRolledBackByAnother_rollsTheFollowerBack() throws Exception {
        prepareBoth();
        productDatabase.execute(
                "ROLLBACK PREPARED '" + productDatabase.prepared().get(0).gid() + "'");
        assertXaError(XAException.XA_HEURRB, product::commit).withMessageContaining("was rolled back");
        assertXaError(XAException.XA_HEURRB, orders::commit);
        assertRolledBack();
    }

    @Test
    void followerAway_isAYes_andCommittedLater() throws Exception {
        prepareBoth();
        product.commit();
        node.toOrders.cut();
        orders.commit();
        assertThat(ordersDatabase.prepared()).hasSize(1);
        assertThat(productDatabase.decisions()).as("kept for the follower").hasSize(1);
        node.toOrders.heal();
        assertCommitted("Ann");
    }

    @Test
    void lostAnswer_ofAFollower_isAYes() throws Exception {
        prepareBoth();
        product.commit();
        node.toOrders.loseAnswer("COMMIT PREPARED");
        orders.commit();
        assertThat(ordersDatabase.owners()).containsExactly("Ann");
    }

    @Test
    void stalledNetwork_isBounded() throws Exception {
        prepareBoth();
        node.toProduct.stall();
        long start = System.nanoTime();
        assertXaError(XAException.XAER_RMFAIL, product::commit);
        assertThat(System.nanoTime() - start)
                .as("2 s for the command, 1 s for the look")
                .isLessThan(8_000_000_000L);
        node.toProduct.heal();
        assertXaOutcomeOfFollower();
        assertCommitted("Ann");
    }

    /** What was held by the stalled network may arrive at any time: the follower knows of the commit, or not yet. */
    private void assertXaOutcomeOfFollower() {
        try {
            orders.commit();
        } catch (XAException e) {
            assertThat(e.errorCode).isEqualTo(XAException.XAER_RMFAIL);
        }
    }

    @Test
    void rollbackAfterTheDecision_isRefused() throws Exception {
        prepareBoth();
        product.commit();
        assertXaError(XAException.XA_HEURCOM, orders::rollback).withMessageContaining("COMMIT PREPARED was sent");
        assertCommitted("Ann");
    }

    @Test
    void commitBeforePrepare_isRefused() throws Exception {
        transaction = node.begin();
        product = node.product(transaction).open(1, "Ann").end();
        orders = node.orders(transaction).open(1, "Ann").end();
        assertXaError(XAException.XAER_PROTO, product::commit);
        assertXaError(XAException.XAER_RMERR, product::commitOnePhase).withMessageContaining("there are others");
        orders.rollback();
        assertXaError(XAException.XAER_NOTA, product::rollback);
    }

    @Test
    void onePhase_writesNoDecision() throws Exception {
        Work alone = node.product(node.begin()).open(1, "Ann").end();
        alone.commitOnePhase();
        assertThat(productDatabase.owners()).containsExactly("Ann");
        assertThat(productDatabase.decisions()).isEmpty();
        productDatabase.execute("DELETE FROM account");
    }

    @Test
    void onePhase_thatFails_saysRolledBack() throws Exception {
        productDatabase.execute("INSERT INTO account VALUES (99, 'Ann')");
        Work alone = node.product(node.begin()).open(1, "Ann").end();
        assertXaError(XAException.XAER_RMERR, alone::commitOnePhase).withMessageContaining("rolled back");
        productDatabase.execute("DELETE FROM account");
        alone.start(node.begin()).open(2, "Bob").end().commitOnePhase();
        assertThat(productDatabase.owners()).containsExactly("Bob");
        productDatabase.execute("DELETE FROM account");
    }

    @Test
    void onePhase_afterAFailedStatement_saysRolledBack() throws Exception {
        Work alone = node.product(node.begin()).open(1, "Ann");
        assertThatExceptionOfType(SQLException.class).isThrownBy(() -> alone.execute("SELECT 1 / 0"));
        alone.end();
        assertXaError(XAException.XAER_RMERR, alone::commitOnePhase).withMessageContaining("a statement failed");
        assertThat(productDatabase.owners()).isEmpty();
    }

    @Test
    void onePhase_ofWorkThatEndedAsFailed_saysRolledBack() throws Exception {
        Work alone = node.product(node.begin()).open(1, "Ann").fail();
        assertXaError(XAException.XAER_RMERR, alone::commitOnePhase).withMessageContaining("its work failed");
        assertThat(productDatabase.owners()).isEmpty();
    }

    @Test
    void onePhase_withoutAnswer_isUnknown() throws Exception {
        Work alone = node.product(node.begin()).open(1, "Ann").end();
        node.toProduct.loseAnswer("COMMIT");
        assertXaError(XAException.XAER_RMFAIL, alone::commitOnePhase).withMessageContaining("no answer");
        assertThat(productDatabase.owners()).containsExactly("Ann");
        productDatabase.execute("DELETE FROM account");
    }
}
