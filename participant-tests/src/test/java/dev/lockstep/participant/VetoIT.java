package dev.lockstep.participant;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.participant.observe.TransactionEvent;
import dev.lockstep.participant.observe.TransactionEvent.Moment;
import dev.lockstep.participant.observe.TransactionListener;
import dev.lockstep.participant.observe.Transactions;
import dev.lockstep.participant.observe.Veto;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import javax.transaction.xa.XAException;
import javax.transaction.xa.Xid;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A listener's vote of no (P1, P4): whatever dies, nothing is committed. */
class VetoIT extends ProtocolFixture {

    private final Queue<String> steps = new ConcurrentLinkedQueue<>();
    private String vetoed = "";
    private Runnable beforeVeto = () -> {};
    private final TransactionListener listener = this::hear;
    private Work product;
    private Work orders;

    @BeforeEach
    void workInBoth() throws Exception {
        Transactions.listen(listener);
        Xid transaction = node.begin();
        product = node.product(transaction).open(1, "Ann").end();
        orders = node.orders(transaction).open(1, "Ann").end();
    }

    @AfterEach
    void stopListening() {
        Transactions.stopListening(listener);
    }

    private void hear(TransactionEvent event) {
        if (event.moment() == Moment.AFTER) {
            steps.add(event.kind() + " " + event.branch() + " " + event.outcome());
        }
        if (event.isVote() && event.branch().equals(vetoed)) {
            beforeVeto.run();
            throw new Veto("nobody said commit");
        }
    }

    @Test
    void lastVote_vetoed_rollsBothBack() throws Exception {
        vetoed = "F1";
        product.prepare();
        assertXaError(XAException.XA_RBROLLBACK, orders::prepare)
                .withMessageContaining("votes no")
                .withMessageContaining("F1.product.")
                .withMessageContaining("nobody said commit");
        assertThat(ordersDatabase.prepared()).as("it rolls itself back").isEmpty();
        assertXaError(XAException.XAER_NOTA, orders::commit);
        product.rollback();
        assertThat(steps)
                .endsWith("PREPARE C0 PREPARED", "PREPARE F1 PREPARED", "ROLLBACK F1 DONE", "ROLLBACK C0 DONE");
        assertRolledBack();
        assertReusable();
    }

    @Test
    void commitPointsVote_vetoed_rollsBothBack() throws Exception {
        vetoed = "C0";
        assertXaError(XAException.XA_RBROLLBACK, product::prepare).withMessageContaining("nobody said commit");
        assertThat(productDatabase.prepared()).isEmpty();
        orders.rollback();
        assertRolledBack();
        assertReusable();
    }

    /** Scenario: no database answers from the veto on. Expected outcome: a no nevertheless, and the resolver rolls both back (R1, R2). */
    @Test
    void veto_whileNobodyAnswers_isTheResolversToCarryOut() throws Exception {
        vetoed = "F1";
        beforeVeto = () -> {
            node.toProduct.cut();
            node.toOrders.cut();
        };
        product.prepare();
        assertXaError(XAException.XA_RBROLLBACK, orders::prepare);
        assertXaError(XAException.XAER_RMFAIL, product::rollback);
        assertThat(ordersDatabase.prepared()).hasSize(1);
        assertThat(productDatabase.prepared()).hasSize(1);
        node.toProduct.heal();
        node.toOrders.heal();
        assertRolledBack();
    }

    /** Scenario: the answer to the veto's ROLLBACK PREPARED is lost. Expected outcome: it is found done. */
    @Test
    void lostAnswer_toTheVetosRollback_changesNothing() throws Exception {
        vetoed = "F1";
        product.prepare();
        node.toOrders.loseAnswer("ROLLBACK PREPARED");
        assertXaError(XAException.XA_RBROLLBACK, orders::prepare);
        assertThat(steps).endsWith("ROLLBACK F1 NOT_THERE");
        product.rollback();
        assertRolledBack();
    }

    private void assertReusable() throws Exception {
        vetoed = "";
        Xid next = node.begin();
        product.start(next).open(7, "Next").end();
        orders.start(next).open(7, "Next").end();
        product.prepare();
        orders.prepare();
        product.commit();
        orders.commit();
        assertThat(List.of(productDatabase.owners(), ordersDatabase.owners())).containsOnly(List.of("Next"));
    }
}
