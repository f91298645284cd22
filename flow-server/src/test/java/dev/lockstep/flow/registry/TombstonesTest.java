package dev.lockstep.flow.registry;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.flow.trust.Peer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How long a server remembers (F9). */
class TombstonesTest {

    private static final Duration WINDOW = Duration.ofMillis(100);

    @TempDir
    Path folder;

    private final Tombstones tombstones = new Tombstones(WINDOW);
    private Servers servers;
    private Peer peer;

    @BeforeEach
    void start() throws Exception {
        servers = new Servers(folder);
        peer = servers.client.peer("product");
    }

    @AfterEach
    void stop() {
        servers.close();
    }

    /** Scenario: a rollback is told again and again. Expected outcome: it is remembered for the whole time from the last; others go before it. */
    @Test
    void toldAgain_standsBehindTheOthers() {
        UUID again = UUID.randomUUID();
        UUID once = UUID.randomUUID();
        tombstones.addUnknown(again, peer);
        tombstones.addUnknown(once, peer);
        Servers.await("the other is forgotten", () -> {
            tombstones.addUnknown(again, peer);
            return tombstones.size() == 1;
        });
        assertThat(tombstones.refuses(again, peer)).isTrue();
        assertThat(tombstones.refuses(once, peer)).isFalse();
    }
}
