package dev.lockstep.participant;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The machine's own PgBouncer before the product database. It ends when it is closed. */
final class PgBouncer implements AutoCloseable {

    private static final Path EXECUTABLE = Path.of("/usr/sbin/pgbouncer");

    static final String HOW_TO_GET_IT =
            "No connection pooler is tried, there is no " + EXECUTABLE + ": apt-get install pgbouncer";

    /** Names the tools without which a run of the tests fails; {@code .ci/run} sets it where it can install them. */
    private static final String MUST_HAVE = "TESTS_MUST_HAVE";

    private final Process process;
    private final int port;

    /** Listens when this returns. */
    PgBouncer(Path folder, RealDatabase database, String mode) throws IOException {
        port = freePort();
        Path configuration = folder.resolve("pgbouncer.ini");
        Files.writeString(
                configuration,
                String.join(
                        "\n",
                        "[databases]",
                        "postgres = host=127.0.0.1 port=" + database.port() + " user=postgres",
                        "[pgbouncer]",
                        "listen_addr = 127.0.0.1",
                        "listen_port = " + port,
                        "unix_socket_dir =",
                        "auth_type = any",
                        "pool_mode = " + mode,
                        "ignore_startup_parameters = extra_float_digits,options",
                        ""));
        process = new ProcessBuilder(command(configuration))
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("pgbouncer.log").toFile())
                .start();
        ProtocolFixture.await("PgBouncer listens", () -> isListening(folder));
    }

    /** A test that is always skipped shows nothing, so where it can be installed it has to be there. */
    static boolean isInstalled() {
        if (Files.isExecutable(EXECUTABLE)) {
            return true;
        }
        String mustHave = System.getenv().getOrDefault(MUST_HAVE, "");
        assertThat(mustHave.split(",", -1))
                .as("%s; it must be here, says %s=%s", HOW_TO_GET_IT, MUST_HAVE, mustHave)
                .doesNotContain("pgbouncer");
        return false;
    }

    int port() {
        return port;
    }

    /** It refuses to be run by root. */
    private static List<String> command(Path configuration) {
        List<String> command = new ArrayList<>();
        if ("root".equals(System.getProperty("user.name"))) {
            command.addAll(List.of("unshare", "-U"));
        }
        command.addAll(List.of(EXECUTABLE.toString(), configuration.toString()));
        return command;
    }

    private boolean isListening(Path folder) {
        if (!process.isAlive()) {
            throw new IllegalStateException("PgBouncer has ended: " + printed(folder));
        }
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return socket.isConnected();
        } catch (IOException e) {
            return false;
        }
    }

    private static String printed(Path folder) {
        try {
            return Files.readString(folder.resolve("pgbouncer.log"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket any = new ServerSocket(0)) {
            return any.getLocalPort();
        }
    }

    @Override
    public void close() {
        process.destroyForcibly().onExit().join();
    }
}
