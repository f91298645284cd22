package dev.lockstep.flow.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lockstep.flow.wire.Message;
import dev.lockstep.flow.wire.Reply;
import dev.lockstep.participant.flow.Vote;
import jakarta.transaction.RollbackException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Flows that are committed: who holds, who follows, in which order they are asked (F3 to F5, F10). */
class CommitTest {

    @TempDir
    Path folder;

    private Servers servers;
    private Server client;
    private Server orders;
    private Server product;
    private Server stock;

    @BeforeEach
    void start() throws Exception {
        servers = new Servers(folder);
        client = servers.client;
        orders = servers.orders;
        product = servers.product;
        stock = servers.stock;
        client.manager().begin();
    }

    @AfterEach
    void nothingIsLeft() {
        servers.awaitNothingOpen();
        servers.close();
    }

    @Test
    void firstCalleeHoldsAndSecondFollows() throws Exception {
        client.call(product, () -> product.write("decrease"));
        client.call(orders, () -> orders.write("order"));
        client.manager().commit();

        assertThat(product.database().committed()).containsExactly("decrease");
        assertThat(orders.database().committed()).containsExactly("order");
        assertThat(orders.database().rows()).isEmpty();
        assertThat(servers.net.log())
                .startsWith(
                        "client>product Prepare",
                        "client>orders Prepare",
                        "client>product Commit",
                        "client>orders Commit");
    }

    @Test
    void holderForgetsWhenAllIsDone() throws Exception {
        client.call(product, () -> product.write("decrease"));
        client.call(orders, () -> orders.write("order"));
        client.manager().commit();
        client.node().farewells().send();
        assertThat(product.flows().forgotten()).hasSize(1).allMatch(line -> line.endsWith(" true"));
        assertThat(product.database().rows()).isEmpty();
    }

    /** Row 1: committed is not done; the row is needed until it is, and the holder looks after a few questions. */
    @Test
    void pendingFollowerIsNotDone() throws Exception {
        client.call(product, () -> product.write("decrease"));
        client.call(orders, () -> orders.write("order"));
        orders.database().isAway(true);
        client.manager().commit();
        Servers.await("told to look", () -> !product.flows().forgotten().isEmpty());
        assertThat(product.flows().forgotten()).hasSize(1).allMatch(line -> line.endsWith(" false"));
        assertThat(product.database().rows()).hasSize(1);
    }

    /** Row 18: one budget for all votes, shorter than the holder's patience less the time for the commit. */
    @Test
    void votesHaveOneBudget() throws Exception {
        client.call(product, () -> product.write("decrease"));
        client.call(orders, () -> orders.write("order"));
        client.manager().commit();
        assertThat(servers.net.limits().subList(0, 2))
                .allMatch(limit -> limit.compareTo(Servers.CALM.patience().minus(Servers.CALM.answerTimeout())) <= 0);
        assertThat(servers.net.limits().get(1)).isLessThan(servers.net.limits().get(0));
    }

    /** Row 24: an interrupted application commits to the end. */
    @Test
    void interruptedThreadCommits() throws Exception {
        client.call(product, () -> product.write("decrease"));
        client.call(orders, () -> orders.write("order"));
        Thread.currentThread().interrupt();
        client.manager().commit();
        assertThat(Thread.interrupted()).as("still interrupted").isTrue();
        assertThat(product.database().committed()).containsExactly("decrease");
        assertThat(orders.database().committed()).containsExactly("order");
    }

    /** Row 16: a question that waits for a database keeps no message waiting. */
    @Test
    void questionsKeepNobodyWaiting() throws Exception {
        CountDownLatch isAnswered = new CountDownLatch(1);
        product.flows().whenAsked(() -> awaitUninterruptibly(isAnswered));
        Message.Decisions question = new Message.Decisions(product.database().id(), List.of());
        CompletableFuture<Reply> answer =
                servers.net.send("client", "product", question).toCompletableFuture();
        client.call(product, () -> product.write("decrease"));
        client.manager().commit();
        assertThat(product.database().committed()).containsExactly("decrease");
        assertThat(answer).isNotDone();
        isAnswered.countDown();
        assertThat(answer.get(20, TimeUnit.SECONDS)).isInstanceOf(Reply.States.class);
    }

    private static void awaitUninterruptibly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void callersOwnDatabaseHolds() throws Exception {
        client.manager().rollback();
        orders.manager().begin();
        orders.write("order");
        orders.call(product, () -> product.write("decrease"));
        orders.manager().commit();
        assertThat(orders.database().rows()).hasSize(1);
        assertThat(product.database().rows()).isEmpty();
        assertThat(product.database().committed()).containsExactly("decrease");
    }

    @Test
    void repeatedCallsJoin() throws Exception {
        client.call(product, () -> product.write("one"));
        client.call(product, () -> product.write("two"));
        client.manager().commit();
        assertThat(product.database().committed()).containsExactlyInAnyOrder("one", "two");
        assertThat(servers.net.log("Prepare")).hasSize(1);
    }

    @Test
    void readersVoteNothingAndHandTheCommitPointOn() throws Exception {
        client.call(product, product::read);
        client.call(orders, () -> orders.write("order"));
        client.manager().commit();
        assertThat(orders.database().rows()).hasSize(1);
        assertThat(servers.net.log("Commit")).containsExactly("client>orders Commit");
    }

    @Test
    void calleeWithoutABranchVotesNothing() throws Exception {
        client.call(product, () -> {});
        client.manager().commit();
        assertThat(servers.net.log()).containsExactly("client>product Prepare");
    }

    @Test
    void chainCommitsThroughTheMiddle() throws Exception {
        client.call(orders, () -> {
            orders.write("order");
            orders.call(product, () -> product.write("decrease"));
        });
        client.manager().commit();
        assertThat(product.database().committed()).containsExactly("decrease");
        assertThat(servers.net.log())
                .startsWith(
                        "client>orders Prepare",
                        "orders>product Prepare",
                        "client>orders Commit",
                        "orders>product Commit");
    }

    @Test
    void routerPassesTheHoldAndTheForgettingOn() throws Exception {
        client.call(orders, () -> orders.call(product, () -> product.write("decrease")));
        client.call(stock, () -> stock.write("log"));
        client.manager().commit();
        assertThat(product.database().rows()).hasSize(1);
        client.node().farewells().send();
        assertThat(product.flows().forgotten()).isEmpty();
        orders.node().farewells().send();
        assertThat(orders.flows().forgotten()).as("it holds nothing itself").isEmpty();
        assertThat(product.flows().forgotten()).hasSize(1);
    }

    @Test
    void diamondVotesOnce() throws Exception {
        client.call(product, () -> product.write("one"));
        client.call(orders, () -> {
            orders.write("order");
            orders.call(product, () -> product.write("two"));
        });
        client.manager().commit();
        assertThat(product.database().committed()).containsExactlyInAnyOrder("one", "two");
        assertThat(orders.database().committed()).containsExactly("order");
        assertThat(servers.net.log("Prepare")).hasSize(3);
    }

    @Test
    void diamondTheOtherWayRoundVotesOnce() throws Exception {
        client.call(orders, () -> {
            orders.write("order");
            orders.call(product, () -> product.write("two"));
        });
        client.call(product, () -> product.write("one"));
        client.manager().commit();
        assertThat(product.database().committed()).containsExactlyInAnyOrder("one", "two");
        assertThat(product.database().rows()).isEmpty();
    }

    /** Row 20: without it each would wait for the other's vote. */
    @Test
    void loopDoesNotWaitForItself() throws Exception {
        client.call(orders, () -> {
            orders.write("order");
            orders.call(product, () -> {
                product.write("decrease");
                product.call(orders, () -> orders.write("again"));
            });
        });
        client.manager().commit();
        assertThat(orders.database().committed()).containsExactlyInAnyOrder("order", "again");
        assertThat(product.database().committed()).containsExactly("decrease");
    }

    @Test
    void callBackJoinsWhereTheFlowBegan() throws Exception {
        client.manager().rollback();
        orders.manager().begin();
        orders.write("order");
        orders.call(product, () -> {
            product.write("decrease");
            product.call(orders, () -> orders.write("back"));
        });
        orders.manager().commit();
        assertThat(orders.database().committed()).containsExactlyInAnyOrder("order", "back");
        assertThat(product.database().committed()).containsExactly("decrease");
    }

    @Test
    void rollbackReachesAll() throws Exception {
        client.call(product, () -> product.write("decrease"));
        client.call(orders, () -> orders.write("order"));
        client.manager().rollback();
        servers.awaitNothingOpen();
        assertThat(product.database().committed()).isEmpty();
        assertThat(servers.net.log()).containsExactlyInAnyOrder("client>product Rollback", "client>orders Rollback");
        assertThat(product.flows().living())
                .as("the participant would cut the connection of another's work")
                .noneMatch(MemoryTransaction::isRolledBackByStranger);
    }

    @Test
    void oneNoRollsAllBack() throws Exception {
        client.call(product, () -> product.write("decrease"));
        client.call(orders, () -> orders.write("refused"));
        assertThatThrownBy(client.manager()::commit).isInstanceOf(RollbackException.class);
        servers.awaitNothingOpen();
        assertThat(product.database().prepared()).isEmpty();
        assertThat(product.database().committed()).isEmpty();
    }

    /** The second asker in a diamond, or a repeated message, gets "nothing" again: from the tombstone. */
    @Test
    void nothingIsRemembered() throws Exception {
        AtomicReference<Message.Prepare> asked = new AtomicReference<>();
        servers.net.fate((way, message) -> {
            if (message instanceof Message.Prepare prepare) {
                asked.set(prepare);
            }
            return MemoryNet.Fate.ARRIVES;
        });
        client.call(product, product::read);
        client.manager().commit();
        servers.awaitNothingOpen();
        Reply again = servers.net
                .send("client", "product", asked.get())
                .toCompletableFuture()
                .get();
        assertThat(again).isEqualTo(new Reply.Voted(new Vote.Nothing()));
    }
}
