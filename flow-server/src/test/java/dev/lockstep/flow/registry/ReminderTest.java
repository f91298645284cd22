package dev.lockstep.flow.registry;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.flow.registry.MemoryNet.Fate;
import dev.lockstep.flow.wire.Message;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** "Done" that is not heard at once: the superior goes on saying commit, and the holder may forget in the end (F10). */
class ReminderTest {

    @TempDir
    Path folder;

    private Servers servers;
    private Server client;
    private Server orders;
    private Server product;

    @BeforeEach
    void start() throws Exception {
        servers = new Servers(folder, Servers.QUICK);
        client = servers.client;
        orders = servers.orders;
        product = servers.product;
        client.manager().begin();
    }

    @AfterEach
    void nothingIsLeft() {
        servers.awaitNothingOpen();
        assertThat(client.node().reminders().waiting()).isZero();
        assertThat(orders.node().reminders().waiting()).isZero();
        servers.close();
    }

    private void loseOneAnswer(String way) {
        AtomicBoolean isFirst = new AtomicBoolean(true);
        servers.net.fate(
                (on, message) -> on.equals(way) && message instanceof Message.Commit && isFirst.getAndSet(false)
                        ? Fate.ANSWER_LOST
                        : Fate.ARRIVES);
    }

    private static void assertForgotten(Server holder, boolean isDone) {
        Servers.await("told to forget", () -> !holder.flows().forgotten().isEmpty());
        assertThat(holder.flows().forgotten()).singleElement().satisfies(line -> assertThat(line)
                .endsWith(" " + isDone));
    }

    /** Scenario: a follower's answer to commit is lost. Expected outcome: it is told again, and the row is deleted without a look. */
    @ConcurrentTest
    void lostAnswerOfAFollower_isHeardLater() throws Exception {
        loseOneAnswer("client>orders");
        client.call(product, () -> product.write("decrease"));
        client.call(orders, () -> orders.write("order"));
        client.manager().commit();
        assertForgotten(product, true);
        assertThat(product.database().rows()).isEmpty();
    }

    /** Scenario: the same, between a holder and whom it called. Expected outcome: the holder says later that all is done. */
    @ConcurrentTest
    void holderThatIsNotDone_isDoneLater() throws Exception {
        loseOneAnswer("orders>product");
        client.call(orders, () -> {
            orders.write("order");
            orders.call(product, () -> product.write("decrease"));
        });
        client.manager().commit();
        assertForgotten(orders, true);
        assertThat(orders.database().rows()).isEmpty();
    }

    /** Scenario: a follower is restarted when it should commit. Expected outcome: nothing is awaited of it, and the holder has to look. */
    @ConcurrentTest
    void restartedFollower_isNotTakenForDone() throws Exception {
        AtomicBoolean isFirst = new AtomicBoolean(true);
        servers.net.fate((way, message) -> {
            if (way.equals("client>orders") && message instanceof Message.Commit && isFirst.getAndSet(false)) {
                orders.kill();
                orders.start();
            }
            return Fate.ARRIVES;
        });
        client.call(product, () -> product.write("decrease"));
        client.call(orders, () -> orders.write("order"));
        client.manager().commit();
        assertForgotten(product, false);
        assertThat(product.database().rows()).hasSize(1);
    }
}
