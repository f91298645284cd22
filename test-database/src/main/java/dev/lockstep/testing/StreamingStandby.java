package dev.lockstep.testing;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * A synchronous standby of a running server, made with the embedded programs alone. It streams through a network that fails; while that is
 * cut, no commit of the primary is answered that waits for a standby. Promoted, it is a primary that needs no standby, and the other one
 * goes on as a primary, too: nobody fences it. It ends with the JVM. For one thread.
 */
public final class StreamingStandby implements AutoCloseable {

    /** Its {@code application_name}, and the primary's {@code synchronous_standby_names}. */
    private static final String NAME = "lockstep_standby";

    private static final String STREAMING =
            "SELECT application_name FROM pg_stat_replication WHERE application_name = '" + NAME
                    + "' AND state = 'streaming' AND sync_state = 'sync'";

    private final PlainSql primary;
    private final FaultyNetwork link;
    private final Path data;
    private final EmbeddedPostgres server;
    private final Thread atTheEnd = new Thread(this::stop, "end of a standby");

    private StreamingStandby(PGSimpleDataSource superuser) throws IOException, SQLException {
        primary = new PlainSql(superuser);
        link = new FaultyNetwork(0, superuser.getPortNumbers()[0]);
        requireStandby();
        data = Files.createTempDirectory("lockstep-standby-");
        try (Connection connection = superuser.getConnection()) {
            new BaseBackup(Path.of(primary.value("SHOW data_directory")), data).take(connection);
        }
        configure(superuser);
        Runtime.getRuntime().addShutdownHook(atTheEnd);
        server = start(superuser);
    }

    /**
     * Makes one, and lets the primary wait for it from now on. What commits meanwhile is answered when the standby streams.
     *
     * @param primary connections of a superuser to the primary, which is on this machine and allows replication
     * @return the standby, streaming
     */
    public static StreamingStandby of(DataSource primary) {
        try {
            StreamingStandby standby = new StreamingStandby(primary.unwrap(PGSimpleDataSource.class));
            standby.awaitStreaming();
            return standby;
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * The setting counts when the checkpointer has it. A session that begins with it was made after the checkpointer was told, and the
     * checkpointer looks before the backup's checkpoint.
     */
    private void requireStandby() {
        primary.execute("ALTER SYSTEM SET synchronous_standby_names = '" + NAME + "'");
        primary.execute("SELECT pg_reload_conf()");
        Patience.await("the primary knows its standby", () -> primary.value("SHOW synchronous_standby_names")
                .equals(NAME));
    }

    private void configure(PGSimpleDataSource superuser) throws IOException {
        Files.createFile(data.resolve("standby.signal"));
        String password = superuser.getPassword() == null ? "" : " password=" + superuser.getPassword();
        Files.write(
                data.resolve("postgresql.auto.conf"),
                List.of(
                        "primary_conninfo = 'host=127.0.0.1 port=" + link.port() + " user=" + superuser.getUser()
                                + password + " application_name=" + NAME + "'",
                        "synchronous_standby_names = ''",
                        "wal_retrieve_retry_interval = 100ms"),
                StandardOpenOption.APPEND);
    }

    /** A standby must have room for all that its primary has. */
    private EmbeddedPostgres start(PGSimpleDataSource superuser) throws IOException {
        EmbeddedPostgres.Builder builder = DurablePostgres.builder()
                .setDataDirectory(data)
                .setCleanDataDirectory(false)
                .setRegisterShutdownHook(false);
        for (String setting :
                List.of("max_prepared_transactions", "max_connections", "max_worker_processes", "max_wal_senders")) {
            builder.setServerConfig(setting, primary.value("SHOW " + setting));
        }
        if (superuser.getPassword() != null) {
            builder.setConnectConfig("password", superuser.getPassword());
        }
        return builder.start();
    }

    /** {@return connections of a superuser; before the promotion they can only read} */
    public DataSource dataSource() {
        return server.getPostgresDatabase();
    }

    /** {@return where it listens on loopback} */
    public int port() {
        return server.getPort();
    }

    /** Cuts it off from its primary. Returns when the primary has noticed; no commit is answered there that waits for a standby. */
    public void part() {
        link.cut();
        Patience.await("the standby is parted", () -> primary.column("SELECT pid FROM pg_stat_replication")
                .isEmpty());
    }

    /** Lets it find its primary again. Returns when it streams. */
    public void join() {
        link.heal();
        awaitStreaming();
    }

    private void awaitStreaming() {
        Patience.await("the standby streams", () -> !primary.column(STREAMING).isEmpty());
    }

    /** Makes it a primary, which has all that it has received. Returns when it can be written to. */
    public void promote() {
        if (!new PlainSql(dataSource()).value("SELECT pg_promote(true)").equals("t")) {
            throw new IllegalStateException("The standby was not promoted within a minute");
        }
    }

    /** SIGKILL for the server and all its processes. */
    public void kill() {
        try {
            long pid = Long.parseLong(
                    Files.readAllLines(data.resolve("postmaster.pid")).get(0));
            ProcessHandle postmaster = ProcessHandle.of(pid).orElseThrow();
            List<ProcessHandle> all = new ArrayList<>(postmaster.descendants().toList());
            all.add(0, postmaster);
            all.forEach(ProcessHandle::destroyForcibly);
            all.forEach(process -> process.onExit().join());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Ends it and removes its data. A primary that waits for it goes on waiting. */
    @Override
    public void close() {
        Runtime.getRuntime().removeShutdownHook(atTheEnd);
        stop();
    }

    private void stop() {
        try {
            link.close();
            if (server != null) {
                server.close();
            }
            try (Stream<Path> tree = Files.walk(data)) {
                for (Path path : tree.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(path);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
