package dev.lockstep.participant;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.participant.branch.BranchId;
import dev.lockstep.participant.branch.GlobalId;
import dev.lockstep.participant.branch.ParticipantId;
import dev.lockstep.participant.flow.KnownDatabase;
import dev.lockstep.participant.flow.Order.Follow;
import dev.lockstep.participant.flow.Order.Hold;
import dev.lockstep.participant.flow.Outcome;
import dev.lockstep.participant.flow.Vote;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import javax.transaction.xa.XAException;
import javax.transaction.xa.XAResource;
import org.junit.jupiter.api.Test;

/** A transaction over three servers, as a superior, a holder and a follower see it. */
class FlowIT extends FlowFixture {

    private CallingServer caller;
    private CalledServerNode product;
    private CalledServerNode order;
    private RemoteServer toProduct;
    private RemoteServer toOrder;

    /** The client calls the product server, then the order server; each has written. */
    private void work() throws Exception {
        caller = new CallingServer(client);
        product = new CalledServerNode(productServer);
        product.product().open(1, "Ann").end();
        toProduct = caller.call(product);
        order = new CalledServerNode(orderServer);
        order.orders().open(1, "Ann").end();
        toOrder = caller.call(order);
    }

    private GlobalId decision() {
        return product.part.id();
    }

    private void forget(boolean areDone) {
        productServer.flows().forget(productDatabaseId(), List.of(decision()), areDone);
    }

    private ParticipantId productDatabaseId() {
        return productServer.flows().databases().iterator().next().id();
    }

    @Test
    void firstServerThatHasWritten_holdsTheDecision_andTheNextFollows() throws Exception {
        work();
        caller.prepare();
        assertPrepared("C0", "F2-0");
        BranchId follower = ordersDatabase.prepared().get(0);
        assertThat(follower.global()).isEqualTo(decision());
        assertThat(follower.commitPoint()).isEqualTo(productDatabaseId());
        caller.commitPrepared();
        assertCommitted("Ann");
        assertThat(productDatabase.decisions()).hasSize(1).allMatch(followers -> followers.startsWith("orders."));
        assertThat(toProduct.branch().isAllDone()).isTrue();
        forget(true);
    }

    /** F10: nobody but the superior can know that it will not ask. */
    @Test
    void decisionHeldForASuperior_isForgottenOnItsWordAlone() throws Exception {
        work();
        caller.commit();
        productServer.flows().forget(productDatabaseId(), List.of(order.part.id()), true); // is held by nobody
        letRoundsPass();
        assertThat(productDatabase.decisions()).hasSize(1);
        forget(false);
        await(
                "forgotten, once a peer has looked",
                () -> productDatabase.decisions().isEmpty());
    }

    /** Scenario: the superior's word comes before the holder's own JTS is through. Expected outcome: it counts. */
    @Test
    void wordOfTheSuperior_thatComesEarly_counts() throws Exception {
        work();
        caller.prepare();
        forget(false);
        caller.commitPrepared();
        await("forgotten", () -> productDatabase.decisions().isEmpty());
        assertCommitted("Ann");
    }

    @Test
    void followersNo_rollsTheHolderBack() throws Exception {
        ordersDatabase.execute("INSERT INTO account VALUES (99, 'Ann')");
        work();
        assertXaError(XAException.XA_RBINTEGRITY, caller::prepare);
        ordersDatabase.execute("DELETE FROM account");
        assertRolledBack();
    }

    @Test
    void holdersNo_rollsTheOtherBack_unasked() throws Exception {
        productDatabase.execute("INSERT INTO account VALUES (99, 'Ann')");
        work();
        assertXaError(XAException.XA_RBINTEGRITY, caller::prepare);
        productDatabase.execute("DELETE FROM account");
        assertRolledBack();
    }

    /** F2. */
    @Test
    void doubt_isANo() throws Exception {
        work();
        toOrder.branch().doubted();
        assertXaError(XAException.XA_RBROLLBACK, caller::prepare).withMessageContaining("failed");
        assertRolledBack();
    }

    /** Scenario: nothing was written at the first server, not even a branch. Expected outcome: the second holds the decision. */
    @Test
    void serverWithoutABranch_votesNothing_andTheNextHolds() throws Exception {
        caller = new CallingServer(client);
        toProduct = caller.call(new CalledServerNode(productServer));
        order = new CalledServerNode(orderServer);
        order.orders().open(1, "Ann").end();
        toOrder = caller.call(order);
        caller.prepare();
        assertPrepared("", "C0");
        caller.commitPrepared();
        assertThat(ordersDatabase.owners()).containsExactly("Ann");
        assertThat(toOrder.branch().isHolder()).isTrue();
        ordersDatabase.execute("DELETE FROM account");
        orderServer
                .flows()
                .forget(orderServer.flows().databases().iterator().next().id(), List.of(order.part.id()), true);
    }

    /** Scenario: the caller has a database, and has touched it first. Expected outcome: it holds, and is asked for nothing. */
    @Test
    void callerThatHasWritten_holdsTheDecision() throws Exception {
        caller = new CallingServer(productServer);
        caller.product().open(1, "Ann").end();
        order = new CalledServerNode(orderServer);
        order.orders().open(1, "Ann").end();
        toOrder = caller.call(order);
        caller.prepare();
        assertPrepared("C0", "F1-0");
        caller.commitPrepared();
        assertCommitted("Ann");
        await("seen through", () -> productDatabase.decisions().isEmpty());
    }

    /** Scenario: the caller touches its database after it has called. Expected outcome: it follows, by a name of its own. */
    @Test
    void callerThatWritesLater_follows() throws Exception {
        caller = new CallingServer(orderServer);
        product = new CalledServerNode(productServer);
        product.product().open(1, "Ann").end();
        toProduct = caller.call(product);
        caller.orders().open(1, "Ann").end();
        caller.prepare();
        assertPrepared("C0", "F0-0");
        caller.commitPrepared();
        assertCommitted("Ann");
        forget(toProduct.branch().isAllDone());
    }

    /** Scenario: the client calls the order server, which calls the product server before it writes. Expected outcome: that one holds. */
    @Test
    void serverInTheMiddle_followsTheOneThatItHasCalled() throws Exception {
        caller = new CallingServer(client);
        order = new CalledServerNode(orderServer);
        product = new CalledServerNode(productServer);
        product.product().open(1, "Ann").end();
        toProduct = order.call(product);
        order.orders().open(1, "Ann").end();
        toOrder = caller.call(order);
        caller.prepare();
        assertPrepared("C0", "F1-0");
        assertThat(productDatabase.prepared().get(0).global()).isEqualTo(decision());
        caller.commitPrepared();
        assertCommitted("Ann");
        assertThat(toOrder.branch().outcome()).isEqualTo(Outcome.COMMIT);
        forget(true);
    }

    /** Scenario: as above, but it has written before it calls. Expected outcome: it holds, and the one below follows. */
    @Test
    void serverInTheMiddle_holds_ifItHasWrittenFirst() throws Exception {
        caller = new CallingServer(client);
        order = new CalledServerNode(orderServer);
        order.orders().open(1, "Ann").end();
        product = new CalledServerNode(productServer);
        product.product().open(1, "Ann").end();
        toProduct = order.call(product);
        toOrder = caller.call(order);
        caller.prepare();
        assertPrepared("F1-1-0", "C0");
        caller.commitPrepared();
        assertCommitted("Ann");
        assertThat(ordersDatabase.decisions()).hasSize(1).allMatch(followers -> followers.startsWith("product."));
        orderServer
                .flows()
                .forget(orderServer.flows().databases().iterator().next().id(), List.of(order.part.id()), true);
    }

    /** Scenario: a server in the middle has no database. Expected outcome: it knows a rollback by a branch of the server below. */
    @Test
    void serverInTheMiddleWithoutADatabase_asksForTheOneBelow() throws Exception {
        caller = new CallingServer(client);
        product = new CalledServerNode(productServer);
        product.product().open(1, "Ann").end();
        toProduct = caller.call(product);
        CalledServerNode middle = new CalledServerNode(started(new Node("middle,server,P100")));
        order = new CalledServerNode(orderServer);
        order.orders().open(1, "Ann").end();
        middle.call(order);
        caller.call(middle);
        caller.prepare();
        assertPrepared("C0", "F2-1-0");
        assertThat(middle.part.ask()).isEqualTo(Outcome.UNKNOWN);
        product.rollbackHere();
        assertThat(middle.part.ask()).isEqualTo(Outcome.ROLLBACK);
        middle.rollbackHere();
        assertThat(order.part.outcome()).isEqualTo(Outcome.ROLLBACK);
        assertRolledBack();
    }

    /** JTS asks again what the gate has done. */
    @Test
    void branchPreparedByItsGate_answersAgain() throws Exception {
        product = new CalledServerNode(productServer);
        Work written = product.product().open(1, "Ann").end();
        Work read = product.product().execute("SELECT 1").end();
        Vote vote = product.prepare(new Hold(Set.of(), "1"));
        assertThat(vote).isInstanceOf(Vote.Prepared.class);
        assertThat(product.prepare(new Hold(Set.of(), "1"))).as("asked twice").isEqualTo(vote);
        assertThat(List.of(written.vote(), written.vote(), read.vote()))
                .containsExactly(XAResource.XA_OK, XAResource.XA_OK, XAResource.XA_RDONLY);
        assertThat(onlyBranch(productDatabase)).isEqualTo("[C0]");
        product.rollbackHere();
        assertRolledBack();
    }

    /** F5. */
    @Test
    void holder_commitsOnItsSuperiorsWordAlone() throws Exception {
        product = new CalledServerNode(productServer);
        Work work = product.product().open(1, "Ann").end();
        product.prepare(new Hold(Set.of(), "1"));
        assertXaError(XAException.XAER_PROTO, work::commit).withMessageContaining("its superior has not decided");
        product.part.over();
        assertRolledBack();
    }

    /** F5, where the holder is below. */
    @Test
    void serverInTheMiddle_commitsOnItsSuperiorsWordAlone() throws Exception {
        order = new CalledServerNode(orderServer);
        product = new CalledServerNode(productServer);
        product.product().open(1, "Ann").end();
        toProduct = order.call(product);
        order.prepare(new Hold(Set.of(), "1"));
        assertXaError(XAException.XAER_PROTO, toProduct.branch()::committing)
                .withMessageContaining("its superior has not decided");
        order.rollbackHere();
        assertRolledBack();
    }

    /** F1: else the decision would be forgotten before it. */
    @Test
    void followerInADatabaseThatWasNotNamed_votesNo() throws Exception {
        work();
        product.prepare(new Hold(order.databases(), "1"));
        order.part.named(Set.of(productDatabaseId()));
        Follow follow = new Follow(decision(), productDatabaseId(), "2");
        assertXaError(XAException.XA_RBROLLBACK, () -> order.part.prepare(follow))
                .withMessageContaining("orders.")
                .withMessageContaining("its superior was told of");
        order.rollbackHere();
        product.rollbackHere();
        assertRolledBack();
    }

    /** § 15, row 5: a foreign resource could say no after the decision. */
    @Test
    void transactionWithAStranger_votesNo() throws Exception {
        product = new CalledServerNode(productServer);
        product.product().open(1, "Ann").end();
        Node.GivenXid transaction = (Node.GivenXid) product.transaction;
        product.part.requireNoStrangers(new Node.GivenXid(
                        transaction.formatId(), transaction.globalId(), transaction.qualifier(), new AtomicInteger(2))
                .branch());
        transaction.branch(); // a stranger's
        assertXaError(XAException.XA_RBROLLBACK, () -> product.part.requireNoStrangers(transaction.branch()))
                .withMessageContaining("has 3 resources, but only 2");
        assertXaError(XAException.XA_RBROLLBACK, () -> product.prepare(new Hold(Set.of(), "1")));
        product.rollbackHere();
        assertRolledBack();
    }

    @Test
    void gate_mustBeFirst_andTheTransactionNotImported() throws Exception {
        Node.GivenXid transaction = (Node.GivenXid) productServer.begin();
        assertXaError(
                        XAException.XAER_RMERR,
                        () -> productServer.flows().part(transaction.branchOf("other,server,P100")))
                .withMessageContaining("imported");
        assertXaError(XAException.XAER_RMERR, () -> productServer.flows().part(transaction.branch()))
                .withMessageContaining("touched first");
        CalledServerNode called = new CalledServerNode(productServer);
        Node.GivenXid imported = (Node.GivenXid) called.transaction;
        assertXaError(XAException.XAER_RMERR, () -> productServer
                        .flows()
                        .enlist(imported.branchOf("other,server,P100"), new RemoteServer(called)))
                .withMessageContaining("imported from another server");
        called.rollbackHere();
    }

    /** The work of a flow goes from thread to thread; who resumed it last may roll it back without closing the connection. */
    @Test
    void workThatAnotherThreadResumed_isRolledBackByThatOne() throws Exception {
        product = new CalledServerNode(productServer);
        Work work = product.product().open(1, "Ann").end();
        Thread other = new Thread(() -> {
            product.part.resumed();
            try {
                product.rollbackHere();
            } catch (XAException e) {
                throw new IllegalStateException(e);
            }
        });
        other.start();
        other.join();
        work.start(productServer.begin()).open(2, "Bob").end().commitOnePhase();
        assertThat(productDatabase.owners()).containsExactly("Bob");
        productDatabase.execute("DELETE FROM account");
    }

    @Test
    void databases_areNamedWithTheStartOfTheirServer() {
        KnownDatabase known = productServer.flows().databases().iterator().next();
        assertThat(known.id().name()).isEqualTo("product");
        assertThat(known.started())
                .isEqualTo(productDatabase
                        .column("SELECT extract(epoch FROM pg_postmaster_start_time())::text")
                        .get(0));
        assertThat(client.flows().databases()).isEmpty();
    }
}
