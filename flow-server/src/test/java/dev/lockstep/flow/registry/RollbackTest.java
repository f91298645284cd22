package dev.lockstep.flow.registry;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.flow.registry.MemoryNet.Fate;
import dev.lockstep.flow.wire.Message;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A rollback that nobody hears. */
class RollbackTest {

    @TempDir
    Path folder;

    private Servers servers;

    @BeforeEach
    void start() throws Exception {
        servers = new Servers(folder);
    }

    @AfterEach
    void stop() {
        servers.close();
    }

    /** Scenario: the server that was called is not reached at once. Expected outcome: it is told again, and waits for no deadline. */
    @Test
    void rollbackThatIsNotHeard_isSentAgain() throws Exception {
        AtomicInteger sent = new AtomicInteger();
        servers.net.fate((way, message) ->
                message instanceof Message.Rollback && sent.getAndIncrement() == 0 ? Fate.REFUSED : Fate.ARRIVES);
        servers.client.manager().begin();
        servers.client.call(servers.product, () -> servers.product.write("decrease"));
        servers.client.manager().rollback();
        servers.awaitNothingOpenAt(servers.product);
        assertThat(servers.net.log("Rollback")).containsExactly("client>product Rollback", "client>product Rollback");
    }
}
