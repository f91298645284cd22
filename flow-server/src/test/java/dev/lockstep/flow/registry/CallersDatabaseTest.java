package dev.lockstep.flow.registry;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.flow.registry.MemoryNet.Fate;
import dev.lockstep.flow.wire.Message;
import java.nio.file.Path;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A caller with a database that nobody else reaches (FLOW-DESIGN, section 15, row 21): JTS's order tells who holds the decision. */
class CallersDatabaseTest {

    @TempDir
    Path folder;

    private final ExecutorService application = Executors.newSingleThreadExecutor();
    private Servers servers;
    private Server orders;
    private Server product;

    @BeforeEach
    void start() throws Exception {
        servers = new Servers(folder, Servers.QUICK);
        orders = servers.orders;
        product = servers.product;
    }

    @AfterEach
    void stop() {
        application.shutdownNow();
        servers.close();
    }

    /** Row 21: what a caller can do about it. */
    @Test
    void touchedAfterACall_itFollows() throws Exception {
        orders.manager().begin();
        orders.call(product, () -> product.write("decrease"));
        orders.write("order");
        orders.manager().commit();
        assertThat(product.database().rows()).hasSize(1);
        assertThat(orders.database().rows()).isEmpty();
        assertThat(orders.database().committed()).containsExactly("order");
    }

    /**
     * Row 21, which is not promised yet. Scenario: a caller's own database, which nobody else reaches, holds, and the caller is killed after the
     * decision. Expected outcome: its follower asks, and waits until the caller is back.
     */
    @Test
    void touchedBeforeTheCall_itHoldsAndIsWaitedFor() throws Exception {
        servers.net.fate((way, message) -> {
            if (way.equals("orders>product") && message instanceof Message.Commit && !orders.isDown()) {
                orders.kill();
            }
            return orders.isDown() ? Fate.REFUSED : Fate.ARRIVES;
        });
        Future<?> commit = application.submit(() -> {
            orders.manager().begin();
            orders.write("order");
            orders.call(product, () -> product.write("decrease"));
            orders.manager().commit();
            return null;
        });
        Servers.await(
                "asked in vain, twice",
                () -> servers.net.log("Decisions").stream()
                                .filter("product>orders Decisions"::equals)
                                .count()
                        > 1);
        assertThat(orders.database().committed()).containsExactly("order");
        assertThat(product.database().prepared()).hasSize(1);
        orders.start();
        servers.awaitNothingOpenAt(product);
        assertThat(product.database().committed()).containsExactly("decrease");
        commit.cancel(true);
    }
}
