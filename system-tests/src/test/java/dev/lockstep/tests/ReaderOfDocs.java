package dev.lockstep.tests;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.launcher.console.Steps;
import dev.lockstep.launcher.data.Secrets;
import dev.lockstep.launcher.postgres.PostgresBinaries;
import dev.lockstep.launcher.postgres.PostgresServer;
import dev.lockstep.launcher.process.Isolation;
import dev.lockstep.launcher.process.Supervision;
import dev.lockstep.launcher.settings.DatabaseSettings;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.postgresql.ds.PGSimpleDataSource;

/** One who types the commands of our documents: in the distribution's folder, with psql and a PostgreSQL cluster as initdb leaves it. */
final class ReaderOfDocs implements AutoCloseable {

    private static final String SUPERUSER = "postgres";

    /** A build's own are kept. */
    private static final String JAVA_OPTIONS = "JAVA_TOOL_OPTIONS";

    /** Names the tools without which a run of the tests fails; {@code .ci/run} sets it where it can install them. */
    private static final String MUST_HAVE = System.getenv().getOrDefault("TESTS_MUST_HAVE", "");

    private final Path folder;
    private final int port = FreePorts.one();
    private final String password;
    private final Supervision database = new Supervision(new Steps(
            new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8), Clock.systemUTC()));

    /** Starts the cluster; the folder is for all that is written. */
    ReaderOfDocs(Path folder) throws IOException {
        this.folder = folder;
        Path data = folder.resolve("database");
        PreparedFolder.putInto(data);
        Secrets secrets = new Secrets(data.resolve("secrets.properties"));
        PostgresServer postgres = new PostgresServer(
                PostgresBinaries.in(data),
                new DatabaseSettings("product", Optional.empty(), port, "unused", "unused", Optional.empty()),
                data.resolve("product"),
                folder.resolve("postgres.log"),
                secrets,
                List.of());
        postgres.prepare();
        database.start(postgres);
        password = secrets.of("product.postgres");
        Files.createDirectory(distribution());
        try (Stream<Path> all = Files.list(TestFolders.distribution().toAbsolutePath())) {
            for (Path original : all.toList()) {
                Files.createSymbolicLink(distribution().resolve(original.getFileName()), original);
            }
        }
    }

    static boolean hasPsql() {
        return has("psql");
    }

    static boolean has(String program) {
        boolean isThere = Arrays.stream(System.getenv("PATH").split(":", -1))
                .anyMatch(path -> Files.isExecutable(Path.of(path, program)));
        assertThat(isThere || !List.of(MUST_HAVE.split(",", -1)).contains(program))
                .as("there is no %s; it must be here, says TESTS_MUST_HAVE=%s", program, MUST_HAVE)
                .isTrue();
        return isThere;
    }

    /** What the build made, where the commands may write. */
    Path distribution() {
        return folder.resolve("distribution");
    }

    /** {@return where the cluster listens; the documents say 5432} */
    int port() {
        return port;
    }

    /** {@return a database of the cluster, entered as one of its roles} */
    PGSimpleDataSource database(String name, String role, String rolesPassword) {
        PGSimpleDataSource found = new PGSimpleDataSource();
        found.setServerNames(new String[] {"127.0.0.1"});
        found.setPortNumbers(new int[] {port});
        found.setDatabaseName(name);
        found.setUser(role);
        found.setPassword(rolesPassword);
        return found;
    }

    /** Types commands in the distribution, whose output goes into a file; they end with this JVM. */
    Process type(String script, Path output) {
        return type(
                script,
                distribution(),
                output,
                Map.of(
                        "PGHOST",
                        "127.0.0.1",
                        "PGPORT",
                        "" + port,
                        "PGUSER",
                        SUPERUSER,
                        "PGPASSWORD",
                        password,
                        JAVA_OPTIONS,
                        " -Djava.io.tmpdir=" + folder));
    }

    /** Types commands in any folder. */
    static Process type(String script, Path folder, Path output, Map<String, String> environment) {
        List<String> command = new ArrayList<>(Isolation.tiedToLauncher("TERM"));
        command.addAll(List.of("bash", "-eu", "-c", script));
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile());
        environment.forEach((name, value) -> builder.environment()
                .merge(name, value, name.equals(JAVA_OPTIONS) ? String::concat : (old, given) -> given));
        return TiedProcesses.start(builder);
    }

    @Override
    public void close() {
        database.stop(() -> {});
    }
}
