package dev.lockstep.tests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

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
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands of server-config/README.md for plain Payara Micro and a PostgreSQL of one's own, as they stand there but for the ports. */
class PayaraMicroByHandIT {

    private static final Duration LIMIT = Duration.ofMinutes(3);
    private static final Path README = Path.of("../server-config/README.md");
    private static final Pattern COMMANDS = Pattern.compile("## By hand.*?\n```\n(.*?)```", Pattern.DOTALL);

    /** Names the tools without which a run of the tests fails; {@code .ci/run} sets it where it can install them. */
    private static final String MUST_HAVE = System.getenv().getOrDefault("TESTS_MUST_HAVE", "");

    @TempDir
    Path folder;

    private final Supervision database = new Supervision(new Steps(
            new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8), Clock.systemUTC()));
    private Process server;

    @AfterEach
    void stopAll() throws Exception {
        if (server != null) {
            server.destroy();
            server.waitFor();
        }
        database.stop(() -> {});
    }

    @Test
    void commandsOfTheReadme_makeAShop() throws Exception {
        assumeTrue(
                hasPsql(), "The README's commands are not tried, there is no psql: apt-get install postgresql-client");
        int databasePort = FreePorts.one();
        int httpPort = FreePorts.one();
        String password = startDatabase(databasePort);
        Path output = folder.resolve("output.log");
        ProcessBuilder builder = new ProcessBuilder(command(databasePort, httpPort))
                .directory(distribution().toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile());
        builder.environment().put("PGHOST", "127.0.0.1");
        builder.environment().put("PGPORT", Integer.toString(databasePort));
        builder.environment().put("PGUSER", "postgres");
        builder.environment().put("PGPASSWORD", password);
        builder.environment().merge("JAVA_TOOL_OPTIONS", " -Djava.io.tmpdir=" + folder, String::concat);
        server = TiedProcesses.start(builder);

        URI address = URI.create("http://127.0.0.1:" + httpPort + "/");
        LauncherProcess.await(LIMIT, "ready", () -> isReady(address) || !server.isAlive());
        assertThat(server.isAlive()).as(() -> text(output)).isTrue();
        OrderApi api = new OrderApi(address);
        assertThat(api.post(OrderApi.orderJson(UUID.randomUUID(), DemoProduct.CUP.id(), 1, "by hand"))
                        .statusCode())
                .isEqualTo(201);
        for (String page : List.of("picture.html", "console.html", "css/base.css")) { // from the libraries
            assertThat(api.send(api.request(page)).statusCode()).as(page).isEqualTo(200);
        }
        for (String ofTheLab : List.of("stop.html", "js/stop/page.js", "api/holds", "api/breaks")) {
            assertThat(api.send(api.request(ofTheLab)).statusCode())
                    .as(ofTheLab)
                    .isEqualTo(404);
        }
        assertThat(text(output)).contains("Operator: log in at ");
        assertThat(distribution().resolve("payara.log.0")).isNotEmptyFile();
    }

    /** The last command is the server; in the place of the shell it ends with this test. */
    private static List<String> command(int databasePort, int httpPort) throws IOException {
        Matcher commands = COMMANDS.matcher(Files.readString(README));
        assertThat(commands.find()).isTrue();
        String script = commands.group(1)
                .replace("5432", Integer.toString(databasePort))
                .replace("--port 8080", "--port " + httpPort)
                .replace("\njava -Xmx", "\nexec java -Xmx");
        assertThat(script).contains("exec ", "LOCKSTEP_ORDERS_DB_PORT=" + databasePort, "--port " + httpPort);
        List<String> command = new ArrayList<>(Isolation.tiedToLauncher("TERM"));
        command.addAll(List.of("bash", "-eu", "-c", script));
        return command;
    }

    /** A cluster as initdb leaves it. */
    private String startDatabase(int port) {
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
        return secrets.of("product.postgres");
    }

    /** What the build made, in a folder that the commands may write into. */
    private Path distribution() throws IOException {
        Path copy = folder.resolve("distribution");
        if (!Files.exists(copy)) {
            Files.createDirectory(copy);
            try (Stream<Path> all = Files.list(TestFolders.distribution().toAbsolutePath())) {
                for (Path original : all.toList()) {
                    Files.createSymbolicLink(copy.resolve(original.getFileName()), original);
                }
            }
        }
        return copy;
    }

    private static boolean hasPsql() {
        boolean isThere = Arrays.stream(System.getenv("PATH").split(":", -1))
                .anyMatch(path -> Files.isExecutable(Path.of(path, "psql")));
        assertThat(isThere || !List.of(MUST_HAVE.split(",", -1)).contains("psql"))
                .as("there is no psql; it must be here, says TESTS_MUST_HAVE=%s", MUST_HAVE)
                .isTrue();
        return isThere;
    }

    private static boolean isReady(URI address) {
        HttpRequest request =
                HttpRequest.newBuilder(address.resolve("health/ready")).build();
        try {
            HttpResponse<String> health = HttpClient.newHttpClient().send(request, BodyHandlers.ofString());
            return health.statusCode() == 200 && health.body().contains("\"databases\"");
        } catch (IOException e) {
            return false; // not listening yet
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
