package dev.lockstep.testing;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.time.Duration;

/** The embedded server of tests. Nothing about it is softened: fsync is on. */
public final class DurablePostgres {

    /** Ten seconds, as is the default, are too few for a busy machine. */
    private static final Duration START_LIMIT = Duration.ofMinutes(1);

    private DurablePostgres() {}

    /** {@return a server, to be started; it ends with the JVM} */
    public static EmbeddedPostgres.Builder builder() {
        return EmbeddedPostgres.builder()
                .setPGStartupWait(START_LIMIT)
                .setServerConfig("fsync", "on")
                .setServerConfig("full_page_writes", "on")
                .setServerConfig("synchronous_commit", "on")
                .setServerConfig("lock_timeout", "5s")
                .setServerConfig("max_prepared_transactions", "6");
    }
}
