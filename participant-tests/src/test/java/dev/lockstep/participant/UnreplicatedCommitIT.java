package dev.lockstep.participant;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import javax.transaction.xa.XAException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What a server has committed for itself alone, since its standby is away, counts as unanswered, whatever ended its wait for the standby
 * (REPLICATION.md of the participant).
 */
class UnreplicatedCommitIT extends ReplicatedFixture {

    /** Expected outcome: unknown, for both branches. No follower commits before the decision is replicated; then it does. */
    @ParameterizedTest
    @EnumSource
    void decision_isNotTold_beforeItIsReplicated(EndOfWait end) throws Exception {
        workFromProduct(end);
        product.prepare();
        orders.prepare();
        unreplicated(() -> assertXaError(XAException.XAER_RMFAIL, product::commit));
        assertXaError(XAException.XAER_RMFAIL, orders::commit);
        assertThat(ordersDatabase.prepared()).as("the follower").hasSize(1);
        standby().join();
        assertCommitted("Ann");
    }

    /** Expected outcome: a yes, since it is decided; but a fail-over may bring the follower back prepared, so the row is kept. */
    @ParameterizedTest
    @EnumSource
    void decision_isKept_whileAFollowersCommitIsNotReplicated(EndOfWait end) throws Exception {
        workFromOrders(end);
        orders.prepare();
        product.prepare();
        orders.commit();
        unreplicated(product::commit);
        letRoundsPass();
        assertThat(ordersDatabase.decisions()).as("the decision").hasSize(1);
        standby().join();
        assertCommitted("Ann");
    }

    /**
     * Scenario: looks are given up while the standby is away. Expected outcome: none leaves a session behind in the server, which would wait
     * as long as the standby is away; one may be under way.
     */
    @Test
    void looksThatAreGivenUp_doNotPileUp() throws Exception {
        workFromProduct(EndOfWait.CANCEL);
        product.prepare();
        orders.prepare();
        unreplicated(() -> assertXaError(XAException.XAER_RMFAIL, product::commit));
        assertXaError(XAException.XAER_RMFAIL, orders::commit);
        letRoundsPass();
        assertThat(productDatabase.column("SELECT query FROM pg_stat_activity WHERE wait_event = 'SyncRep'"))
                .hasSizeLessThanOrEqualTo(1);
        standby().join();
        assertCommitted("Ann");
    }

    /** Expected outcome: no yes, since after a fail-over there would be nothing to commit. */
    @Test
    void prepare_isNoYes_beforeItIsReplicated() throws Exception {
        workFromOrders(EndOfWait.CANCEL);
        orders.prepare();
        unreplicated(() -> assertThatExceptionOfType(XAException.class).isThrownBy(product::prepare));
        standby().join();
        rollBackUnlessOver(product);
        orders.rollback();
        assertRolledBack();
    }

    /** Expected outcome: unknown. There is nothing to settle, but nobody is told yes. */
    @Test
    void onePhase_isNotTold_beforeItIsReplicated() throws Exception {
        workInProduct(EndOfWait.CANCEL);
        unreplicated(() -> assertXaError(XAException.XAER_RMFAIL, product::commitOnePhase));
        standby().join();
        productDatabase.execute("DELETE FROM account");
    }

    /** Scenario: the application has said that its commits need not wait. Expected outcome: refused or overruled, but told no yes. */
    @ParameterizedTest
    @ValueSource(strings = {"off", "local"})
    void sessionThatDoesNotWait_isToldNoYes(String level) throws Exception {
        workFromProduct(EndOfWait.CANCEL, "SET synchronous_commit = " + level);
        standby().part();
        assertThatExceptionOfType(XAException.class).isThrownBy(() -> {
            product.prepare();
            orders.prepare();
            product.commit();
        });
        standby().join();
        rollBackUnlessOver(product);
        rollBackUnlessOver(orders);
    }

    /** Scenario: its role says so. Expected outcome: the first connection is refused with the setting's name, or waits all the same. */
    @ParameterizedTest
    @ValueSource(strings = {"off", "local"})
    void roleThatDoesNotWait_isRefusedOrOverruled(String level) {
        productDatabase.execute("ALTER ROLE postgres SET synchronous_commit = " + level);
        try (Node fresh = new Node("fresh,server,P100", productDatabase)) {
            assertThat(levelOrRefusal(fresh)).matches("on|remote_apply|.*synchronous_commit.*");
        } finally {
            productDatabase.execute("ALTER ROLE postgres RESET synchronous_commit");
        }
    }

    private static String levelOrRefusal(Node fresh) {
        try (Connection handle = fresh.productPool().getXAConnection().getConnection();
                Statement statement = handle.createStatement();
                ResultSet row = statement.executeQuery("SHOW synchronous_commit")) {
            row.next();
            return row.getString(1);
        } catch (SQLException e) {
            return e.getMessage();
        }
    }

    /** As a transaction manager does that has been told no, or nothing. */
    private static void rollBackUnlessOver(Work work) {
        try {
            work.rollback();
        } catch (XAException e) {
            assertThat(e.errorCode)
                    .as(e.getMessage())
                    .isIn(XAException.XAER_NOTA, XAException.XAER_RMFAIL, XAException.XA_HEURCOM);
        }
    }
}
