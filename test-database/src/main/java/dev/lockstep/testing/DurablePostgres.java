package dev.lockstep.testing;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/** The embedded server of tests. Nothing about it is softened: fsync is on. */
public final class DurablePostgres {

    /** Ten seconds, as is the default, are too few for a busy machine. */
    private static final Duration START_LIMIT = Duration.ofMinutes(1);

    private static final int ATTEMPTS = 3;
    private static final int ANY_PORT = 0;

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

    /**
     * Starts a server. Its port is chosen before it is opened, so another program may take it meanwhile; if that is another test's server, it
     * even answers. So the server is asked whose it is, and a start whose port was lost is tried again.
     *
     * @return the server; it ends with the JVM
     * @throws IOException if it does not start, or three ports in a row were lost
     */
    public static EmbeddedPostgres start() throws IOException {
        return start(ANY_PORT);
    }

    /** Tries a port first. */
    static EmbeddedPostgres start(int port) throws IOException {
        EmbeddedPostgres server = null;
        for (int attempt = 0; server == null && attempt < ATTEMPTS; attempt++) {
            server = startOnce(attempt == 0 ? port : ANY_PORT);
        }
        if (server == null) {
            throw new IOException("Another server took the port of each of " + ATTEMPTS + " starts");
        }
        return server;
    }

    /** Null if another server answers on its port. */
    private static EmbeddedPostgres startOnce(int port) throws IOException {
        Path data = Files.createTempDirectory("durable-postgres");
        EmbeddedPostgres server = builder().setPort(port).setDataDirectory(data).start();
        if (isOf(data, server)) {
            return server;
        }
        server.close();
        return null;
    }

    private static boolean isOf(Path data, EmbeddedPostgres server) {
        return new PlainSql(server.getPostgresDatabase())
                .value("SHOW data_directory")
                .equals(data.toString());
    }
}
