package dev.lockstep.participant;

import static org.assertj.core.api.Assertions.assertThat;

import javax.transaction.xa.XAException;
import org.junit.jupiter.api.Test;

/** The product database fails over to its standby, and nobody fences the ex-primary: for whoever reaches it, it is a primary still. */
class FailoverIT extends ReplicatedFixture {

    /** Scenario: the decision's wait is cancelled, and the standby never sees it. Expected outcome: it is made once more, for both. */
    @Test
    void decisionThatOnlyTheExPrimaryHas_isMadeOnceMore() throws Exception {
        workFromProduct(EndOfWait.CANCEL);
        product.prepare();
        orders.prepare();
        unreplicated(() -> assertXaError(XAException.XAER_RMFAIL, product::commit));
        assertXaError(XAException.XAER_RMFAIL, orders::commit);
        node.toProduct.cut();
        failOver();
        assertCommitted("Ann");
    }

    /** Scenario: a follower's commit is lost with the ex-primary. Expected outcome: it is prepared again, and committed once more. */
    @Test
    void followersCommitThatOnlyTheExPrimaryHas_isDoneOnceMore() throws Exception {
        workFromOrders(EndOfWait.CANCEL);
        orders.prepare();
        product.prepare();
        orders.commit();
        unreplicated(product::commit);
        letRoundsPass();
        node.toProduct.cut();
        failOver();
        assertCommitted("Ann");
    }

    /** Scenario: the deletion of a decision row is lost so. Expected outcome: the row is deleted once more, and not after its retention. */
    @Test
    void deletionThatOnlyTheExPrimaryHas_isDoneOnceMore() throws Exception {
        workFromProduct(EndOfWait.CANCEL);
        product.prepare();
        orders.prepare();
        node.toProduct.beforeRequest("DELETE FROM", standby()::part);
        product.commit();
        orders.commit();
        await("the wait of the deletion is cancelled", () -> exPrimary()
                .column("SELECT pg_cancel_backend(pid) FROM pg_stat_activity WHERE wait_event = 'SyncRep'")
                .contains("t"));
        letRoundsPass();
        await(
                "the standby has the decision still",
                () -> onStandby().decisions().size() == 1);
        node.toProduct.cut();
        failOver();
    }

    /**
     * Scenario: what the promoted standby has committed waits in the orders database, and then the pool leads to the ex-primary, as does
     * that of another process all the time. Expected outcome: who does not know of the commit waits, who knows commits, and nobody believes
     * the ex-primary.
     */
    @Test
    void exPrimaryWithoutTheDecision_isNotBelieved() throws Exception {
        try (Node other = new Node("other,server,P100", exPrimary()).withPools()) {
            node.toProduct.cut();
            failOver();
            workFromProduct(EndOfWait.CANCEL);
            product.prepare();
            orders.prepare();
            product.commit();
            node.toOrders.cut();
            orders.commit();
            letRoundsPass();
            assertThat(other.toProduct.letThrough())
                    .as("the other's connections")
                    .isPositive();
            assertThat(ordersDatabase.prepared()).as("the follower").hasSize(1);
            toStandby().cut();
            int before = node.toProduct.letThrough();
            node.toProduct.heal();
            node.toOrders.heal();
            await("the ex-primary is asked", () -> node.toProduct.letThrough() > before);
            await("who knows commits", () -> ordersDatabase.owners().contains("Ann"));
        }
        node.toProduct.cut();
        toStandby().heal();
        assertCommitted("Ann");
    }
}
