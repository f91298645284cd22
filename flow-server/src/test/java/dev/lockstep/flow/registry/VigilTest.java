package dev.lockstep.flow.registry;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.flow.registry.MemoryNet.Fate;
import dev.lockstep.flow.wire.Message;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Work that nobody has asked to prepare, and whose caller is silent (FLOW-DESIGN, section 15, row 22). */
class VigilTest {

    private static final int TWICE = 2;

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
    void stop() {
        servers.close();
    }

    private static Flow flow(Server server) {
        return server.node().registry().all().get(0);
    }

    private void assertEnded(Server server, Flow flow) {
        servers.awaitNothingOpenAt(server);
        assertThat(flow.deadline().isOver()).as("its deadline has ended it").isFalse();
        assertThat(server.database().prepared()).isEmpty();
        assertThat(server.database().committed()).isEmpty();
    }

    /** Scenario: the caller is killed between two calls. Expected outcome: its work is rolled back long before the deadline. */
    @ConcurrentTest
    void deadCaller_isNotWaitedFor() throws Exception {
        client.call(product, () -> product.write("decrease"));
        Flow flow = flow(product);
        client.kill();
        assertEnded(product, flow);
    }

    /** Scenario: the same, and it is back before anybody has missed it. Expected outcome: it says that it knows no such flow. */
    @ConcurrentTest
    void restartedCaller_isNotWaitedFor() throws Exception {
        client.call(product, () -> product.write("decrease"));
        Flow flow = flow(product);
        client.kill();
        client.start();
        assertEnded(product, flow);
    }

    /** Scenario: the root of a chain is killed. Expected outcome: the middle finds out, and tells whom it called. */
    @ConcurrentTest
    void deadRootOfAChain_isNotWaitedFor() throws Exception {
        client.call(orders, () -> {
            orders.write("order");
            orders.call(product, () -> product.write("decrease"));
        });
        Flow middle = flow(orders);
        Flow last = flow(product);
        client.kill();
        assertEnded(orders, middle);
        assertEnded(product, last);
    }

    /** Scenario: the caller is killed while its call works. Expected outcome: the work is told to stop. */
    @Test
    void workOfADeadCaller_isInterrupted() throws Exception {
        client.call(product, () -> {
            product.write("decrease");
            Flow flow = flow(product);
            client.kill();
            Servers.await("told to stop", () -> Thread.currentThread().isInterrupted());
            assertThat(flow.deadline().isOver()).as("by its deadline").isFalse();
        });
        servers.awaitNothingOpenAt(product);
        assertThat(product.database().committed()).isEmpty();
    }

    /** Scenario: the caller works for long between two calls. Expected outcome: it is asked, and nothing is rolled back. */
    @ConcurrentTest
    void livingCaller_isAwaited() throws Exception {
        client.call(product, () -> product.write("decrease"));
        awaitAskedTwice();
        client.manager().commit();
        assertThat(product.database().committed()).containsExactly("decrease");
    }

    /** Scenario: the link to the caller is stalled. Expected outcome: no answer is not "unknown". */
    @ConcurrentTest
    void silentLink_isNoAnswer() throws Exception {
        servers.net.fate((way, message) -> message instanceof Message.Alive ? Fate.LOST : Fate.ARRIVES);
        client.call(product, () -> product.write("decrease"));
        awaitAskedTwice();
        client.manager().commit();
        assertThat(product.database().committed()).containsExactly("decrease");
    }

    private void awaitAskedTwice() {
        Servers.await("asked twice", () -> servers.net.log("Alive").size() >= TWICE);
    }
}
