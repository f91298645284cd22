package dev.lockstep.testing;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;

/** The embedded server of tests. Nothing about it is softened: fsync is on. */
public final class DurablePostgres {

    private DurablePostgres() {}

    /** {@return a server, to be started; it ends with the JVM} */
    public static EmbeddedPostgres.Builder builder() {
        return EmbeddedPostgres.builder()
                .setServerConfig("fsync", "on")
                .setServerConfig("full_page_writes", "on")
                .setServerConfig("synchronous_commit", "on")
                .setServerConfig("lock_timeout", "5s")
                .setServerConfig("max_prepared_transactions", "6");
    }
}
