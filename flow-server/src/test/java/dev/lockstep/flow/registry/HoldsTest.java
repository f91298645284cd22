package dev.lockstep.flow.registry;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.flow.trust.Peer;
import dev.lockstep.participant.branch.GlobalId;
import dev.lockstep.participant.branch.ParticipantId;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is kept of holds that were answered: no more than a limit, and nothing longer than the retention. */
class HoldsTest {

    private static final ParticipantId DATABASE = new ParticipantId("product", 7, 1, 2);
    private static final Duration LONG = Duration.ofDays(365);

    @TempDir
    Path folder;

    private final Holds holds = new Holds();
    private Servers servers;
    private Peer client;

    @BeforeEach
    void start() throws Exception {
        servers = new Servers(folder);
        client = servers.product.peer("client");
    }

    @AfterEach
    void stop() {
        servers.close();
    }

    private void add(int number, Duration kept) {
        holds.add(decision(number), client, DATABASE, Optional.empty(), kept);
    }

    private static GlobalId decision(int number) {
        byte[] id = ("12345678product," + number).getBytes(StandardCharsets.US_ASCII);
        return new GlobalId(GlobalId.JTS_FORMAT + "_" + Base64.getEncoder().encodeToString(id));
    }

    private boolean isKept(int number) {
        return holds.take(decision(number), client, DATABASE).isPresent();
    }

    @Test
    void oldestGoesFirst() {
        for (int i = 0; i <= Holds.MAX; i++) {
            add(i, LONG);
        }
        assertThat(holds.size()).isEqualTo(Holds.MAX);
        assertThat(isKept(0)).isFalse();
        assertThat(isKept(1)).isTrue();
        assertThat(isKept(Holds.MAX)).isTrue();
    }

    @Test
    void retentionEndsIt() {
        add(1, Duration.ZERO);
        add(2, LONG);
        holds.purge();
        assertThat(holds.size()).isEqualTo(1);
        assertThat(isKept(2)).isTrue();
    }
}
