package dev.lockstep.flow.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lockstep.flow.observe.FlowEvent;
import dev.lockstep.flow.observe.FlowListener;
import dev.lockstep.flow.observe.ServerFlows;
import dev.lockstep.flow.registry.MemoryNet.Fate;
import dev.lockstep.flow.settings.FlowSettings;
import dev.lockstep.flow.wire.Message;
import dev.lockstep.flow.wire.Reply;
import dev.lockstep.participant.flow.Outcome;
import jakarta.transaction.HeuristicMixedException;
import jakarta.transaction.RollbackException;
import jakarta.transaction.SystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ResourceLock;

/** Words lost between vote and decision: whoever is left over finds out, and nobody guesses (F5a, F6, F7). */
class DecisionTest {

    @TempDir
    Path folder;

    private Servers servers;
    private Server client;
    private Server orders;
    private Server product;
    private final ExecutorService application = Executors.newSingleThreadExecutor();
    private final List<FlowEvent> events = new CopyOnWriteArrayList<>();
    private volatile UUID committed;
    private final FlowListener listener = events::add;

    @BeforeEach
    void start() throws Exception {
        servers = new Servers(folder, Servers.QUICK);
        client = servers.client;
        orders = servers.orders;
        product = servers.product;
        ServerFlows.listen(listener);
    }

    private boolean isPatienceOver() {
        return events.stream()
                .filter(event -> event.flow().equals(committed)) // all that is said in this JVM is heard
                .anyMatch(event -> event.kind() == FlowEvent.Kind.PATIENCE);
    }

    @AfterEach
    void nothingIsLeft() {
        ServerFlows.stopListening(listener);
        servers.net.fate((way, message) -> Fate.ARRIVES);
        servers.awaitNothingOpen();
        assertThat(product.database().committed().isEmpty())
                .as("both or neither")
                .isEqualTo(orders.database().committed().isEmpty());
        application.shutdownNow();
        servers.close();
    }

    /** Product holds, orders follows. */
    private Future<?> committing() {
        return application.submit(() -> {
            client.manager().begin();
            client.call(product, () -> product.write("decrease"));
            client.call(orders, () -> orders.write("order"));
            committed = client.node().registry().all().get(0).id();
            client.manager().commit();
            return null;
        });
    }

    private static void done(Future<?> commit) throws Exception {
        commit.get(20, TimeUnit.SECONDS);
    }

    private static void assertEndsWith(Future<?> commit, Class<? extends Exception> failure) {
        assertThatThrownBy(() -> done(commit))
                .isInstanceOf(ExecutionException.class)
                .hasCauseInstanceOf(failure);
    }

    private void once(String way, Class<? extends Message> kind, Fate fate) {
        AtomicBoolean isFirst = new AtomicBoolean(true);
        servers.net.fate((on, message) ->
                on.equals(way) && kind.isInstance(message) && isFirst.getAndSet(false) ? fate : Fate.ARRIVES);
    }

    private void always(String way, Class<? extends Message> kind, Fate fate) {
        servers.net.fate((on, message) -> on.equals(way) && kind.isInstance(message) ? fate : Fate.ARRIVES);
    }

    @ConcurrentTest
    void lostCommitIsSentAgain() throws Exception {
        once("client>product", Message.Commit.class, Fate.LOST);
        done(committing());
        assertThat(product.database().committed()).containsExactly("decrease");
    }

    /** What is tried a few times a second is told once. */
    @Test
    void vainTries_areToldOnce() throws Exception {
        List<String> lines = new CopyOnWriteArrayList<>();
        Handler log = new Handler() {
            @Override
            public void publish(LogRecord line) {
                lines.add(Arrays.toString(line.getParameters()));
            }

            @Override
            public void flush() {}

            @Override
            public void close() {}
        };
        Logger story = Logger.getLogger(Story.class.getName());
        story.addHandler(log);
        try {
            always("client>product", Message.Commit.class, Fate.REFUSED);
            assertEndsWith(committing(), SystemException.class);
        } finally {
            story.removeHandler(log);
        }
        assertThat(servers.net.log("Commit").stream().filter("client>product Commit"::equals))
                .hasSizeGreaterThan(2);
        assertThat(lines).anyMatch(line -> line.contains("no outcome")).doesNotHaveDuplicates();
    }

    /** F6: the holder's database says it, at any peer that reaches it. */
    @ConcurrentTest
    void lostAnswerIsAskedFor() throws Exception {
        always("client>product", Message.Commit.class, Fate.ANSWER_LOST);
        done(committing());
        assertThat(product.database().committed()).containsExactly("decrease");
    }

    @ConcurrentTest
    void silenceIsInDoubtAndNotNo() throws Exception {
        servers.net.fate((way, message) -> message instanceof Message.Decisions
                        || (way.equals("client>product") && message instanceof Message.Commit)
                ? Fate.ANSWER_LOST
                : Fate.ARRIVES);
        assertEndsWith(committing(), SystemException.class);
        assertThat(product.database().committed()).containsExactly("decrease");
    }

    /** A holder that was restarted does not know the handle: that is no outcome. */
    @ConcurrentTest
    void unknownHandleIsNotNo() throws Exception {
        servers.net.fate((way, message) -> {
            if (way.equals("client>product") && message instanceof Message.Commit && !product.isDown()) {
                product.kill();
                product.start();
            }
            return Fate.ARRIVES;
        });
        Future<?> commit = committing();
        assertThatThrownBy(() -> done(commit)).cause().isNotInstanceOf(RollbackException.class);
        product.database().prepared().forEach(product.database()::rollback); // as R1 does
    }

    @ConcurrentTest
    void lostVoteIsNo() throws Exception {
        once("client>orders", Message.Prepare.class, Fate.ANSWER_LOST);
        assertEndsWith(committing(), RollbackException.class);
        assertThat(servers.net.log("Rollback"))
                .as("JTS does not call again who has voted no")
                .contains("client>orders Rollback");
    }

    /** F5a: what a follower has voted it takes back only if the commit point's database says so. */
    @ConcurrentTest
    void followerHearsNothingAndAsks() throws Exception {
        servers.net.fate((way, message) ->
                way.equals("client>orders") && message instanceof Message.Commit ? Fate.LOST : Fate.ARRIVES);
        Future<?> commit = committing();
        done(commit);
        Servers.await("the follower knows", () -> !orders.database().committed().isEmpty());
        assertThat(servers.net.log("Decisions")).contains("orders>product Decisions");
    }

    /** F5a: late work may make a new incarnation say "rollback" of what another has committed. */
    @ConcurrentTest
    void followerDoesNotBelieveARollback() throws Exception {
        servers.net.fate((way, message) -> {
            if (way.equals("client>product") && message instanceof Message.Commit) {
                SubordinateFlow follower =
                        orders.node().registry().subordinates().get(0);
                servers.net.send("client", "orders", new Message.Rollback(follower.id()));
            }
            return Fate.ARRIVES;
        });
        done(committing());
        Servers.await(
                "the follower has committed",
                () -> !orders.database().committed().isEmpty());
    }

    /** Row 22: who is refused a connection need not wait. */
    @ConcurrentTest
    void deadCallerIsNotWaitedFor() throws Exception {
        servers.net.fate((way, message) -> {
            if (message instanceof Message.Commit) {
                client.kill();
            }
            return client.isDown() && way.startsWith("client") ? Fate.LOST : Fate.ARRIVES;
        });
        Future<?> commit = committing();
        Servers.await("a commit is sent", () -> !servers.net.log("Commit").isEmpty());
        servers.awaitNothingOpenAt(product);
        servers.awaitNothingOpenAt(orders);
        assertThat(product.database().prepared()).isEmpty();
        assertThat(product.database().committed()).isEmpty();
        assertThat(isPatienceOver()).isFalse();
        assertThatThrownBy(() -> done(commit)).isInstanceOf(ExecutionException.class);
        client.start();
    }

    /** Row 22: the superior was restarted, and knows of no such flow. */
    @ConcurrentTest
    void restartedCallerIsNotWaitedFor() throws Exception {
        servers.net.fate((way, message) -> {
            if (message instanceof Message.Commit && !client.isDown()) {
                client.kill();
                client.start();
                return Fate.LOST;
            }
            return message instanceof Message.Commit ? Fate.LOST : Fate.ARRIVES;
        });
        Future<?> commit = committing();
        Servers.await("a commit is sent", () -> !servers.net.log("Commit").isEmpty());
        servers.awaitNothingOpenAt(product);
        assertThat(product.database().committed()).isEmpty();
        assertThat(isPatienceOver()).isFalse();
        assertThatThrownBy(() -> done(commit)).isInstanceOf(ExecutionException.class);
    }

    /** F7: a superior that answers "alive", and never decides. */
    @ConcurrentTest
    void patienceEnds() throws Exception {
        servers.net.fate((way, message) -> {
            boolean isCommit = way.equals("client>product") && message instanceof Message.Commit;
            return isCommit || message instanceof Message.Alive ? Fate.LOST : Fate.ARRIVES;
        });
        Future<?> commit = committing();
        assertThatThrownBy(() -> done(commit)).isInstanceOf(ExecutionException.class);
        servers.awaitNothingOpen();
        assertThat(isPatienceOver()).isTrue();
        assertThat(product.database().prepared()).isEmpty();
        assertThat(product.database().committed()).isEmpty();
    }

    /** The holder's own no, after its vote, is the decision. */
    @ConcurrentTest
    void holdersRollbackIsAFact() throws Exception {
        servers.net.fate((way, message) -> {
            if (message instanceof Message.Commit) {
                product.node().registry().subordinates().forEach(flow -> flow.rollbackHeard(product.peer("client")));
            }
            return Fate.ARRIVES;
        });
        assertEndsWith(committing(), HeuristicMixedException.class);
        servers.awaitNothingOpen();
        assertThat(orders.database().prepared()).isEmpty();
    }

    /** A link is cut while the caller rolls back: nobody waits for the deadline. */
    @ConcurrentTest
    void lostRollbackIsSentAgain() throws Exception {
        once("client>product", Message.Rollback.class, Fate.LOST);
        client.manager().begin();
        client.call(product, () -> product.write("decrease"));
        Flow flow = product.node().registry().all().get(0);
        client.manager().rollback();
        servers.awaitNothingOpenAt(product);
        assertThat(flow.deadline().isOver()).as("the deadline has ended it").isFalse();
    }

    /** Another instance's R2 has committed the branch, and the row was forgotten: nobody can tell any more, so nobody waits (row 8). */
    @ConcurrentTest
    void gateEndsWhenOthersHaveEndedItsBranch() throws Exception {
        servers.net.fate((way, message) -> {
            if (way.equals("client>orders") && message instanceof Message.Commit) {
                orders.database().prepared().forEach(branch -> orders.database().commit(branch, false));
                product.database().rows().forEach(product.database()::forget);
                return Fate.LOST;
            }
            return Fate.ARRIVES;
        });
        Future<?> commit = committing();
        Servers.await("a commit is sent", () -> servers.net.log().contains("client>orders Commit"));
        UUID handle = orders.node().registry().subordinates().get(0).handle();
        done(commit);
        servers.awaitNothingOpenAt(orders);
        servers.net.fate((way, message) -> Fate.ARRIVES);
        Reply told = servers.net
                .send("client", "orders", new Message.Commit(handle))
                .toCompletableFuture()
                .get(20, TimeUnit.SECONDS);
        assertThat(told).as("no fact, and never rolled back").isEqualTo(new Reply.Ended(Outcome.UNKNOWN, false));
        assertThat(orders.manager().lastEnd()).isEqualTo("SystemException");
    }

    /** F7: more than a few that wait, and no new flow is let in. */
    @ConcurrentTest
    void waitingFollowersAreLimited() throws Exception {
        servers.close();
        FlowSettings one = new FlowSettings(
                Duration.ofSeconds(20),
                Duration.ofSeconds(1),
                Duration.ofSeconds(4),
                Duration.ofMillis(1500),
                Duration.ofSeconds(30),
                8,
                1,
                5,
                Duration.ZERO);
        servers = new Servers(Files.createDirectory(folder.resolve("one")), one);
        client = servers.client;
        orders = servers.orders;
        product = servers.product;
        servers.net.fate((way, message) ->
                way.equals("client>orders") && message instanceof Message.Commit ? Fate.LOST : Fate.ARRIVES);
        Future<?> commit = committing();
        Servers.await("the follower is parked", () -> orders.node().registry().subordinates().stream()
                .anyMatch(flow -> flow.phase() == SubordinateFlow.Phase.PARKED));
        servers.stock.manager().begin();
        assertThat(servers.stock.call(orders, () -> {})).isEqualTo(503);
        servers.stock.manager().rollback();
        done(commit);
        Servers.await("the follower knows", () -> !orders.database().committed().isEmpty());
    }

    @ConcurrentTest
    void applicationCanAskForTheOutcome() throws Exception {
        Supplier<Outcome> outcome = application
                .submit(() -> {
                    client.manager().begin();
                    client.call(product, () -> product.write("decrease"));
                    client.call(orders, () -> orders.write("order"));
                    Supplier<Outcome> asked = client.node().outcome();
                    client.manager().commit();
                    return asked;
                })
                .get(20, TimeUnit.SECONDS);
        assertThat(outcome.get()).isEqualTo(Outcome.COMMIT);
        assertThat(client.node().outcome().get()).as("without a transaction").isEqualTo(Outcome.UNKNOWN);
    }

    /** Row 24: an interrupt does not end asking. */
    @Test
    @ResourceLock(ConcurrentTest.WORKERS)
    void interruptedFollowerGoesOnAsking() throws Exception {
        servers.net.fate((way, message) ->
                way.equals("client>orders") && message instanceof Message.Commit ? Fate.LOST : Fate.ARRIVES);
        Future<?> commit = committing();
        Servers.await("the follower is parked", () -> orders.node().registry().subordinates().stream()
                .anyMatch(flow -> flow.phase() == SubordinateFlow.Phase.PARKED));
        Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().startsWith(ConcurrentTest.WORKERS))
                .forEach(Thread::interrupt);
        done(commit);
        Servers.await("the follower knows", () -> !orders.database().committed().isEmpty());
    }
}
