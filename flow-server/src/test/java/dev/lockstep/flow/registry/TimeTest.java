package dev.lockstep.flow.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lockstep.flow.observe.OpenFlow;
import dev.lockstep.flow.settings.FlowSettings;
import dev.lockstep.flow.wire.Message;
import jakarta.transaction.RollbackException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Deadlines, tombstones, undeployment (F8, F9), and what a look shows. */
class TimeTest {

    private static final FlowSettings SHORT = new FlowSettings(
            Duration.ofSeconds(2),
            Duration.ofSeconds(1),
            Duration.ofSeconds(3),
            Duration.ofSeconds(1),
            Duration.ofMillis(500),
            8,
            8,
            5,
            Duration.ZERO);

    @TempDir
    Path folder;

    private Servers servers;
    private Server client;
    private Server product;

    @BeforeEach
    void start() throws Exception {
        servers = new Servers(folder, SHORT);
        client = servers.client;
        product = servers.product;
        client.manager().begin();
    }

    @AfterEach
    void stop() {
        servers.close();
    }

    /** F8: also while it is idle, and though nobody says so. */
    @Test
    void deadlineEndsIdleWork() throws Exception {
        client.call(product, () -> product.write("decrease"));
        servers.awaitNothingOpenAt(product);
        assertThatThrownBy(client.manager()::commit).isInstanceOf(RollbackException.class);
        assertThat(product.database().committed()).isEmpty();
    }

    /** F9: no tombstone beyond its time. */
    @Test
    void tombstonesPass() throws Exception {
        client.call(product, () -> product.write("decrease"));
        client.manager().commit();
        servers.net.send("client", "product", new Message.Rollback(UUID.randomUUID()));
        Tombstones tombstones = product.node().registry().tombstones();
        assertThat(tombstones.size()).isEqualTo(2);
        Servers.await("no tombstone", () -> tombstones.size() == 0);
    }

    /** Row 24. */
    @Test
    void undeployingRollsBack() throws Exception {
        AutoCloseable deployed = product.node().deployed("shop");
        client.call(product, () -> product.write("decrease"));
        Flow flow = product.node().registry().all().get(0);
        deployed.close();
        deployed.close();
        servers.awaitNothingOpenAt(product);
        assertThat(flow.deadline().isOver()).as("the deadline has ended it").isFalse();
        assertThatThrownBy(client.manager()::commit).isInstanceOf(RollbackException.class);
    }

    /** Row 12, and peers find the holder by its name. */
    @Test
    void coordinatorsNameIsTheNodes() {
        FirstTransaction.begin(new JtsInOrder("product", 1), "product");
        assertThatThrownBy(() -> FirstTransaction.begin(new JtsInOrder("product2", 1), "product"))
                .hasMessageContaining("'product'")
                .hasMessageContaining("product2,server,P100");
    }

    @Test
    void lookShowsWhoWaitsForWhom() throws Exception {
        client.call(product, () -> {
            product.write("decrease");
            assertThat(look(product)).extracting(OpenFlow::state).containsExactly(OpenFlow.State.WORKING);
        });
        assertThat(look(product)).singleElement().satisfies(flow -> {
            assertThat(flow.state()).isEqualTo(OpenFlow.State.IDLE);
            assertThat(flow.superior()).isEqualTo("client");
            assertThat(flow.waits()).extracting(OpenFlow.Wait::whom).containsExactly("client");
            assertThat(flow.globalId()).isNotEmpty();
        });
        assertThat(look(client)).singleElement().satisfies(flow -> {
            assertThat(flow.isRoot()).isTrue();
            assertThat(flow.subordinates()).containsExactly("product");
        });
        client.manager().rollback();
        servers.awaitNothingOpen();
    }

    private static List<OpenFlow> look(Server server) {
        return server.node().openFlows().open();
    }
}
