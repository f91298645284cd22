package dev.lockstep.participant;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.participant.branch.GlobalId;
import dev.lockstep.participant.branch.ParticipantId;
import dev.lockstep.participant.flow.DecisionSource;
import dev.lockstep.participant.flow.DecisionState;
import dev.lockstep.participant.flow.Outcome;
import dev.lockstep.participant.observe.Evidence;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.transaction.xa.XAException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Servers of a flow that die, or do not hear each other; the product server holds, the order server follows. */
class FlowFailureIT extends FlowFixture {

    private CallingServer caller;
    private CalledServerNode product;
    private CalledServerNode order;
    private RemoteServer toProduct;
    private RemoteServer toOrder;

    @BeforeEach
    void prepareBoth() throws Exception {
        caller = new CallingServer(client);
        product = new CalledServerNode(productServer);
        product.product().open(1, "Ann").end();
        toProduct = caller.call(product);
        order = new CalledServerNode(orderServer);
        order.orders().open(1, "Ann").end();
        toOrder = caller.call(order);
        caller.prepare();
    }

    private void forgetWhenSettled() {
        assertCommitted("Ann");
        outlive(productDatabase);
    }

    /** Scenario: commit was sent to the holder, and its answer is lost. Expected outcome: the superior asks, and knows. */
    @Test
    void holdersAnswerLost_isAsked() throws Exception {
        toProduct.branch().committing();
        product.commitHere();
        assertThat(toProduct.branch().ask()).isEqualTo(Outcome.COMMIT);
        toProduct.branch().over(true);
        toOrder.commit();
        forgetWhenSettled();
    }

    /** Scenario: commit never arrives, and the holder gives up. Expected outcome: the superior learns that no row is there. */
    @Test
    void commitLost_andTheHolderGivesUp_isKnownAsRolledBack() throws Exception {
        toProduct.branch().committing();
        assertThat(toProduct.branch().ask()).as("still prepared").isEqualTo(Outcome.UNKNOWN);
        product.rollbackHere();
        assertThat(product.part.outcome())
                .as("so that a late commit gets its answer")
                .isEqualTo(Outcome.ROLLBACK);
        assertThat(toProduct.branch().ask()).isEqualTo(Outcome.ROLLBACK);
        assertThat(order.part.ask()).isEqualTo(Outcome.ROLLBACK);
        order.rollbackHere();
        assertRolledBack();
    }

    /** F6: silence is no outcome. */
    @Test
    void holderSilent_isUnknown() throws Exception {
        toProduct.branch().committing();
        kill(productServer);
        assertThat(toProduct.branch().ask()).isEqualTo(Outcome.UNKNOWN);
        assertThat(order.part.ask()).isEqualTo(Outcome.UNKNOWN);
        assertXaError(XAException.XAER_RMFAIL, order::rollbackHere);
        assertThat(ordersDatabase.prepared()).hasSize(1);
        productServer = startProductServer();
        productServer.product(productServer.begin()).end().rollback();
        assertRolledBack();
    }

    /** F5a and § 15, row 2: nobody here can know that the superior has not decided. */
    @Test
    void followerThatHasVoted_isNotRolledBack_whoeverSaysSo() throws Exception {
        assertThat(order.part.learn(Outcome.ROLLBACK)).isEqualTo(Outcome.UNKNOWN);
        assertXaError(XAException.XAER_RMFAIL, order::rollbackHere)
                .withMessageContaining("it has voted yes, and follows " + product.part.id());
        letRoundsPass();
        assertThat(ordersDatabase.prepared()).as("nor by R2").hasSize(1);
        product.commitHere();
        forgetWhenSettled();
    }

    /** Scenario: the superior dies before it has told the follower. Expected outcome: that one asks. */
    @Test
    void followerThatHearsNothing_asks() throws Exception {
        assertThat(order.part.ask()).isEqualTo(Outcome.UNKNOWN);
        product.commitHere();
        assertThat(order.part.ask()).isEqualTo(Outcome.COMMIT);
        order.commitHere();
        assertThat(order.part.isDone()).isTrue();
        forgetWhenSettled();
    }

    /** § 15, row 8: no row says nothing to one that is not prepared any more. */
    @Test
    void followerThatSomebodyElseHasEnded_concludesNothingFromAMissingRow() throws Exception {
        product.commitHere();
        GlobalId decision = product.part.id();
        ordersDatabase.execute(
                "COMMIT PREPARED '" + ordersDatabase.prepared().get(0).gid() + "'");
        assertThat(order.part.isEndedByOthers()).isFalse();
        productDatabase.execute("DELETE FROM xa_decision");
        assertThat(productServer.flows().decisions(productDatabaseId(), List.of(decision)))
                .hasValue(Map.of(decision, DecisionState.NO_ROW));
        assertThat(order.part.ask()).isEqualTo(Outcome.UNKNOWN);
        assertThat(order.part.isEndedByOthers()).isTrue();
        assertXaError(XAException.XAER_RMFAIL, order::rollbackHere);
        assertCommitted("Ann");
    }

    private ParticipantId productDatabaseId() {
        return productServer.flows().databases().iterator().next().id();
    }

    /** Scenario: while a follower asks, another instance's R2 commits its branch, and the row is forgotten. */
    @Test
    void followerThatSomebodyElseEndsWhileItAsks_concludesNothing() throws Exception {
        AtomicBoolean isEnded = new AtomicBoolean();
        orderServer.flows().askElsewhere(new DecisionSource() {
            @Override
            public Map<GlobalId, DecisionState> decisions(ParticipantId commitPoint, Collection<GlobalId> ids)
                    throws SQLException {
                if (!isEnded.getAndSet(true)) {
                    commitAndForget();
                }
                return productServer.flows().decisions(commitPoint, ids).orElseThrow();
            }

            @Override
            public Set<GlobalId> prepared(ParticipantId database, Collection<GlobalId> ids) throws SQLException {
                throw new SQLException("nobody asks");
            }
        });
        assertThat(order.part.ask()).isEqualTo(Outcome.UNKNOWN);
        assertThat(order.part.isEndedByOthers()).isTrue();
        assertXaError(XAException.XAER_RMFAIL, order::rollbackHere);
        assertCommitted("Ann");
    }

    private void commitAndForget() throws SQLException {
        try {
            product.commitHere();
        } catch (XAException e) {
            throw new SQLException(e);
        }
        ordersDatabase.execute(
                "COMMIT PREPARED '" + ordersDatabase.prepared().get(0).gid() + "'");
        productDatabase.execute("DELETE FROM xa_decision");
    }

    /** Scenario: the server has ended the sessions that answer peers. Expected outcome: nobody hears of it. */
    @Test
    void peerWhoseSessionsBroke_answersAllTheSame() throws Exception {
        GlobalId decision = product.part.id();
        Map<GlobalId, DecisionState> open = Map.of(decision, DecisionState.PREPARED);
        assertThat(productServer.flows().decisions(productDatabaseId(), List.of(decision)))
                .hasValue(open);
        productDatabase.execute("SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity"
                + " WHERE application_name = 'lockstep participant'");
        assertThat(productServer.flows().decisions(productDatabaseId(), List.of(decision)))
                .hasValue(open);
        assertThat(client.flows().decisions(productDatabaseId(), List.of(decision)))
                .as("no pool leads there")
                .isEmpty();
        product.rollbackHere();
        assertThat(order.part.ask()).isEqualTo(Outcome.ROLLBACK);
        order.rollbackHere();
    }

    /** Scenario: the holder dies before the decision, and is started again. Expected outcome: R1, and the follower asks. */
    @Test
    void holderStartedAgain_rollsBack() throws Exception {
        kill(productServer);
        productServer = startProductServer();
        productServer.product(productServer.begin()).end().rollback();
        await("R1", () -> productDatabase.prepared().isEmpty());
        assertThat(order.part.ask()).isEqualTo(Outcome.ROLLBACK);
        order.rollbackHere();
        assertRolledBack();
    }

    /** Scenario: the follower dies, and is started again after the decision. Expected outcome: R2 asks a peer. */
    @Test
    void followerStartedAgain_commits() throws Exception {
        kill(orderServer);
        toOrder.cut();
        caller.commitPrepared();
        assertThat(productDatabase.owners()).containsExactly("Ann");
        assertThat(toProduct.branch().isAllDone()).isFalse();
        productServer.flows().forget(productDatabaseId(), List.of(product.part.id()), false);
        letRoundsPass();
        assertThat(productDatabase.decisions())
                .as("nobody has seen the follower's database")
                .hasSize(1);
        try (OperatorLog log = OperatorLog.ofTheResolvers()) {
            orderServer = startOrderServer();
            assertCommitted("Ann");
            await("told", () -> log.about(product.part.id().text()).stream()
                    .anyMatch(line -> line.contains("COMMIT PREPARED") && line.contains("(as a peer says)")));
        }
    }

    /** While its gate waits, the branch is in its hands; so it is for the peer's evidence that an operator looks. */
    @Test
    void operator_seesThePeersEvidence() throws Exception {
        assertThat(orderServer.inDoubt().survey().branches()).singleElement().satisfies(branch -> {
            assertThat(branch.evidence()).isEqualTo(Evidence.OPEN);
            assertThat(branch.because()).contains("in product (as a peer says) is still prepared; that server");
        });
        kill(productServer);
        assertThat(orderServer.inDoubt().survey().branches()).singleElement().satisfies(branch -> {
            assertThat(branch.evidence()).isEqualTo(Evidence.UNKNOWN);
            assertThat(branch.because()).contains("no connection pool").contains("no peer answers");
        });
        productServer = startProductServer();
        productServer.product(productServer.begin()).end().rollback();
        await("R1", () -> productDatabase.prepared().isEmpty());
        assertThat(order.part.ask()).isEqualTo(Outcome.ROLLBACK);
        order.rollbackHere();
    }

    /**
     * Scenario: the holder is dead, and nobody but its follower reaches its database. Expected outcome: the follower's resolver rolls the
     * commit point back, though a transaction there follows it; else that would wait for itself.
     */
    @Test
    void holderDead_isSettledByItsFollower() throws Exception {
        orderServer.productPool().getXAConnection().close();
        kill(productServer);
        await("R1", () -> productDatabase.prepared().isEmpty());
        letRoundsPass();
        assertThat(ordersDatabase.prepared()).as("in the hands of its gate").hasSize(1);
        assertThat(order.part.ask()).isEqualTo(Outcome.ROLLBACK);
        order.rollbackHere();
        assertRolledBack();
    }

    /** Scenario: the order server's JTS ends the voted follower before anybody has decided; then all is rolled back. */
    @Test
    void followerLeftToTheResolver_isRolledBackWhenTheHolderIs() throws Exception {
        assertXaError(XAException.XAER_RMFAIL, order::rollbackHere);
        product.rollbackHere();
        toProduct.branch().over(false);
        toOrder.branch().over(false);
        assertRolledBack();
    }
}
