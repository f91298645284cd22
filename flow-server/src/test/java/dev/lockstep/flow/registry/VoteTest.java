package dev.lockstep.flow.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lockstep.flow.registry.MemoryNet.Fate;
import dev.lockstep.flow.server.FlowServer;
import dev.lockstep.flow.trust.Signatures;
import dev.lockstep.flow.wire.Message;
import dev.lockstep.flow.wire.Reply;
import dev.lockstep.participant.branch.GlobalId;
import dev.lockstep.participant.flow.Order;
import dev.lockstep.participant.flow.Outcome;
import jakarta.transaction.RollbackException;
import jakarta.transaction.Synchronization;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Votes of no, repeated votes, and who may ask for one. */
class VoteTest {

    @TempDir
    Path folder;

    private Servers servers;
    private Server client;
    private Server orders;
    private Server product;

    @BeforeEach
    void start() throws Exception {
        servers = new Servers(folder);
        client = servers.client;
        orders = servers.orders;
        product = servers.product;
        client.manager().begin();
    }

    @AfterEach
    void nothingIsLeft() throws Exception {
        if (client.manager().getTransaction() != null) {
            client.manager().rollback();
        }
        servers.awaitNothingOpen();
        servers.close();
    }

    private SubordinateFlow part(Server server) {
        return server.node().registry().subordinates().get(0);
    }

    private Reply ask(String from, Message message) throws Exception {
        return servers.net.send(from, "product", message).toCompletableFuture().get(20, TimeUnit.SECONDS);
    }

    private Message.Prepare hold(SubordinateFlow flow) {
        return new Message.Prepare(flow.handle(), flow.id(), new Order.Hold(Set.of(), "1"));
    }

    /** Row 5: a resource that is not ours might say no after the decision. */
    @Test
    void strangersVoteNo() throws Exception {
        client.call(product, () -> {
            product.write("decrease");
            product.enlist(new PlainResource() {});
        });
        assertThatThrownBy(client.manager()::commit).isInstanceOf(RollbackException.class);
        servers.awaitNothingOpen();
        assertThat(product.database().prepared()).isEmpty();
        assertThat(product.database().committed()).isEmpty();
    }

    /** Row 5: also one that is enlisted as late as can be, by what the end of the work has let register. */
    @Test
    void strangerOfAnInterposedSynchronization_votesNo() throws Exception {
        client.call(product, () -> {
            product.write("decrease");
            product.manager().getTransaction().registerSynchronization(before(() -> product.manager()
                    .synchronizations()
                    .registerInterposedSynchronization(before(this::enlistAStranger))));
        });
        assertThatThrownBy(client.manager()::commit).isInstanceOf(RollbackException.class);
        servers.awaitNothingOpen();
        assertThat(product.database().prepared()).isEmpty();
        assertThat(product.database().committed()).isEmpty();
    }

    private void enlistAStranger() {
        try {
            product.enlist(new PlainResource() {});
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private static Synchronization before(Runnable task) {
        return new Synchronization() {
            @Override
            public void beforeCompletion() {
                task.run();
            }

            @Override
            public void afterCompletion(int status) {}
        };
    }

    /** Scenario: the only server called gives no vote. Expected outcome: it is a no at once; JTS would ask again for ten minutes, if told so. */
    @Test
    void silenceOfTheOnlyServer_isANo() throws Exception {
        client.call(product, () -> product.write("decrease"));
        servers.net.fate((way, message) -> message instanceof Message.Prepare ? Fate.REFUSED : Fate.ARRIVES);
        assertThatThrownBy(client.manager()::commit).isInstanceOf(RollbackException.class);
        servers.awaitNothingOpen();
        assertThat(product.database().prepared()).isEmpty();
        assertThat(product.database().committed()).isEmpty();
    }

    /** Row 7: its next statement would commit by itself. */
    @Test
    void callAtWorkVotesNoAndIsInterrupted() throws Exception {
        CountDownLatch interrupted = new CountDownLatch(1);
        client.call(product, () -> {
            product.write("decrease");
            SubordinateFlow flow = part(product);
            assertThat(ask("client", hold(flow))).isInstanceOf(Reply.VotedNo.class);
            assertThatThrownBy(() -> new CountDownLatch(1).await(20, TimeUnit.SECONDS))
                    .isInstanceOf(InterruptedException.class);
            interrupted.countDown();
        });
        assertThat(interrupted.getCount()).isZero();
        assertThatThrownBy(client.manager()::commit).isInstanceOf(RollbackException.class);
        assertThat(product.database().committed()).isEmpty();
    }

    /**
     * Scenario: a call has no answer, its call back is still at work, and the caller commits. Expected outcome: it is told to stop, and nothing is
     * prepared beside it.
     */
    @Test
    void callBackAtWorkVotesNoAndIsInterrupted() throws Exception {
        orders.manager().begin();
        orders.write("order");
        Map<String, String> call = orders.node()
                .call(product.address())
                .orElseThrow()
                .headers("POST", "/work", Signatures.digest(new byte[0]));
        CountDownLatch atWork = new CountDownLatch(1);
        CountDownLatch interrupted = new CountDownLatch(1);
        Thread calling = new Thread(() -> {
            try {
                product.serve(
                        call,
                        200,
                        () -> product.call(orders, () -> {
                            atWork.countDown();
                            assertThatThrownBy(() -> new CountDownLatch(1).await(20, TimeUnit.SECONDS))
                                    .isInstanceOf(InterruptedException.class);
                            interrupted.countDown();
                        }));
            } catch (Exception e) {
                return; // it may have been told to stop, too
            }
        });
        calling.start();
        assertThat(atWork.await(20, TimeUnit.SECONDS)).isTrue();
        assertThat(orders.flows().living())
                .extracting(MemoryTransaction::callsBack)
                .containsExactly(1);
        assertThatThrownBy(orders.manager()::commit).isInstanceOf(RollbackException.class);
        assertThat(interrupted.await(5, TimeUnit.SECONDS)).isTrue();
        calling.join();
        Servers.await("no call back at work", () -> orders.flows().living().stream()
                .allMatch(transaction -> transaction.callsBack() == 0));
        assertThat(orders.database().committed()).isEmpty();
    }

    /** Scenario: JTS fails with one of CORBA's exceptions. Expected outcome: the flow takes no place for ever. */
    @Test
    void rollbackThatFailsEndsTheFlow() throws Exception {
        product.manager().beforeRollback(() -> {
            throw new UnsupportedOperationException("as CORBA's are");
        });
        client.call(product, () -> {
            product.write("decrease");
            ask("client", new Message.Rollback(part(product).id()));
        });
        servers.awaitNothingOpenAt(product);
    }

    @Test
    void repeatedPrepareHearsTheSameVote() throws Exception {
        client.call(product, () -> product.write("decrease"));
        SubordinateFlow flow = part(product);
        Reply first = ask("client", hold(flow));
        assertThat(first).isInstanceOf(Reply.Voted.class);
        assertThat(ask("client", hold(flow))).isEqualTo(first);
        ask("client", new Message.Rollback(flow.id()));
        servers.awaitNothingOpenAt(product);
        assertThat(ask("client", hold(flow))).as("from the tombstone").isEqualTo(first);
    }

    @Test
    void onlyCallersMayAsk() throws Exception {
        client.call(product, () -> product.write("decrease"));
        SubordinateFlow flow = part(product);
        assertThat(ask("orders", hold(flow))).isInstanceOf(Reply.Unknown.class);
        assertThat(ask(
                        "client",
                        new Message.Prepare(
                                flow.handle(), UUID.randomUUID(), hold(flow).order())))
                .as("another flow's handle")
                .isInstanceOf(Reply.Unknown.class);
        assertThat(flow.phase()).isEqualTo(SubordinateFlow.Phase.WORKING);
    }

    @Test
    void unknownHandleIsNoFact() throws Exception {
        assertThat(ask("client", new Message.Commit(UUID.randomUUID()))).isInstanceOf(Reply.Unknown.class);
    }

    @Test
    void commitBeforeTheVoteIsNoFact() throws Exception {
        client.call(product, () -> product.write("decrease"));
        assertThat(ask("client", new Message.Commit(part(product).handle()))).isInstanceOf(Reply.Unknown.class);
        assertThat(product.database().committed()).isEmpty();
    }

    /** Row 10: in a diamond both have called, but only one's hold was answered. */
    @Test
    void onlyWhoseHoldWasAnsweredDecides() throws Exception {
        client.call(product, () -> product.write("one"));
        client.call(orders, () -> orders.call(product, () -> product.write("two")));
        SubordinateFlow flow = part(product);
        ask("client", hold(flow));
        assertThat(ask("orders", new Message.Commit(flow.handle()))).isInstanceOf(Reply.Unknown.class);
        assertThat(product.database().committed()).isEmpty();
        assertThat(ask("client", new Message.Commit(flow.handle()))).isEqualTo(new Reply.Ended(Outcome.COMMIT, true));
        assertThat(ask("client", new Message.Commit(flow.handle())))
                .as("repeated")
                .isEqualTo(new Reply.Ended(Outcome.COMMIT, true));
        ask(
                "orders",
                new Message.Forget(
                        product.database().id(),
                        java.util.List.copyOf(product.database().rows()),
                        true));
        assertThat(product.flows().forgotten()).as("of another peer").isEmpty();
    }

    /** The superior alone ends a subordinate's transaction; an application that does is told no. */
    @Test
    void applicationCannotCommitByItself() throws Exception {
        client.call(product, () -> {
            product.write("decrease");
            assertThatThrownBy(product.manager()::commit).isInstanceOf(RollbackException.class);
        });
        assertThatThrownBy(client.manager()::commit).isInstanceOf(RollbackException.class);
        assertThat(product.database().committed()).isEmpty();
    }

    /**
     * Scenario: an application ends its part, and leaves another transaction open. Expected outcome: that stays with the thread, so that the
     * container ends it; suspended, it would keep its locks.
     */
    @Test
    void whatTheApplicationBeginsItselfStaysWithItsThread() throws Exception {
        FlowServer.OutgoingCall call = client.node().call(product.address()).orElseThrow();
        FlowServer.WorkCall work =
                product.node().enter(Server.request(call.headers("POST", "/work", Signatures.digest(new byte[0]))));
        product.manager().rollback();
        product.manager().begin();
        call.answered(200, Server.lower(work.leave(200)));
        assertThat(product.manager().getTransaction()).isNotNull();
        product.manager().rollback();
        assertThatThrownBy(client.manager()::commit).isInstanceOf(RollbackException.class);
    }

    @Test
    void applicationCannotCommitAnEmptyPartEither() throws Exception {
        client.call(product, () -> assertThatThrownBy(product.manager()::commit).isInstanceOf(RollbackException.class));
        assertThatThrownBy(client.manager()::commit).isInstanceOf(RollbackException.class);
    }

    /** Fact only if it echoes what was asked. */
    @Test
    void voteForAnotherDecisionIsNo() throws Exception {
        client.call(orders, () -> orders.write("order"));
        client.call(product, () -> product.write("decrease"));
        GlobalId other = new GlobalId(GlobalId.JTS_FORMAT + "_AAAJCQAAAAFvcmRlcnMsc2VydmVyLFAxMDA=");
        ask(
                "client",
                new Message.Prepare(
                        part(product).handle(),
                        part(product).id(),
                        new Order.Follow(other, orders.database().id(), "2")));
        assertThatThrownBy(client.manager()::commit).isInstanceOf(RollbackException.class);
        assertThat(orders.database().committed()).isEmpty();
    }
}
