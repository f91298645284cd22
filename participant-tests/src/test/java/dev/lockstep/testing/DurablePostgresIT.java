package dev.lockstep.testing;

import static org.assertj.core.api.Assertions.assertThat;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import org.junit.jupiter.api.Test;

class DurablePostgresIT {

    /** Scenario: another server has opened the port since it was chosen. Expected outcome: this one does not pass for it. */
    @Test
    void portThatAnotherServerHasTaken_isGivenUp() throws IOException {
        try (EmbeddedPostgres other = DurablePostgres.start();
                EmbeddedPostgres server = DurablePostgres.start(other.getPort())) {
            assertThat(server.getPort()).isNotEqualTo(other.getPort());
            new PlainSql(server.getPostgresDatabase()).execute("CREATE TABLE mine ()");
            assertThat(new PlainSql(other.getPostgresDatabase()).value("SELECT to_regclass('mine') IS NULL"))
                    .isEqualTo("t");
        }
    }
}
