package dev.lockstep.tests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The commands of docs/two-services.md, as they stand there but for the ports: three servers, two databases, and a scope. */
@TestInstance(Lifecycle.PER_CLASS)
@EnabledIfSystemProperty(
        named = "lockstep.two-services",
        matches = "true",
        disabledReason = "mvn verify -Ptwo-services")
class TwoServicesIT {

    private static final Duration LIMIT = Duration.ofMinutes(4);
    private static final int STEPS_TO_START = 4;

    /** The servers end with the script, and the script with this JVM. */
    private static final String STAY = "\ntrap 'kill $(jobs -p)' EXIT TERM\nwait\n";

    @TempDir
    static Path folder;

    private final Map<String, Integer> ports = new TreeMap<>();
    private final HttpClient http = HttpClient.newHttpClient();
    private ReaderOfDocs reader;
    private Process servers;
    private Path log;

    @BeforeAll
    void startAll() throws Exception {
        assumeTrue(
                ReaderOfDocs.hasPsql(),
                "The page's commands are not tried, there is no psql: apt-get install postgresql-client");
        reader = new ReaderOfDocs(folder);
        log = folder.resolve("output.log");
        servers = reader.type(commands() + STAY, log);
        LauncherProcess.await(
                LIMIT,
                "three servers",
                () -> !servers.isAlive() || Stream.of("8081", "8082", "8083").allMatch(this::isReady));
        assertThat(servers.isAlive()).as(this::logs).isTrue();
    }

    @AfterAll
    void stopAll() throws Exception {
        if (servers != null) {
            servers.destroy();
            servers.waitFor();
        }
        if (reader != null) {
            reader.close();
        }
    }

    /**
     * Scenario: three servers as the page makes them; a purchase, one of too many pieces, and one whose order is refused after its pieces were taken.
     * Expected outcome: the first is in both databases; the other two are in none, and nothing stays prepared.
     */
    @Test
    void stepsOfThePage_buyOnTwoServers_orOnNone() {
        String orderId = bought();
        assertThat(get("8082", "api/orders/" + orderId).body()).contains("\"quantity\":2", orderId);
        assertThat(get("8081", "api/stock/1").body()).contains("\"productNums\":98");

        HttpResponse<String> tooMany = buy("n=1000&name=Tea");
        HttpResponse<String> nameless = buy("n=2&name=");
        assertThat(tooMany.statusCode()).as(tooMany.body()).isEqualTo(409);
        assertThat(nameless.statusCode()).as(nameless.body()).isEqualTo(409);
        assertThat(get("8081", "api/stock/1").body()).contains("\"productNums\":98");
        assertThat(answer("orders", "SELECT count(*) FROM customer_order")).isEqualTo("1");
        LauncherProcess.await(
                LIMIT,
                "nothing prepared, and no row left",
                () -> answer(
                                        "product",
                                        "SELECT (SELECT count(*) FROM pg_prepared_xacts) + (SELECT count(*) FROM xa_decision)")
                                .equals("0")
                        && answer("orders", "SELECT count(*) FROM xa_decision").equals("0"));
    }

    /** On a busy machine the first purchase, for which all classes are loaded, may take longer than its scope: then nothing has happened. */
    private String bought() {
        AtomicReference<HttpResponse<String>> answer = new AtomicReference<>();
        LauncherProcess.await(LIMIT, "a purchase", () -> {
            answer.set(buy("n=2&name=Tea"));
            return answer.get().statusCode() != 409;
        });
        assertThat(answer.get().statusCode())
                .as(() -> answer.get().body() + logs())
                .isEqualTo(200);
        return answer.get().body().strip();
    }

    /** What each service refuses by itself, in the words of the JSON API. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            POST | 8081 | api/stock/1/decrease?n=0    |  | 400 | invalid-request        | n must be a whole number
            POST | 8081 | api/stock/one/decrease?n=1  |  | 400 | invalid-request        | A parameter of the address
            POST | 8081 | api/stock/999/decrease?n=1  |  | 404 | unknown-product        | 999
            POST | 8081 | api/stock/2/decrease?n=1000 |  | 409 | out-of-stock           | requested=1000
            GET  | 8081 | api/stock/999               |  | 404 | unknown-product        | 999
            GET  | 8081 | api/elsewhere               |  | 404 | not-found              | /api/elsewhere
            PUT  | 8081 | api/stock/1                 |  | 405 | method-not-allowed     | only GET
            POST | 8082 | api/orders                  | [] | 400 | invalid-request      | one JSON object
            POST | 8082 | api/orders                  | {} | 400 | invalid-request      | orderId
            GET  | 8082 | api/orders/00000000-0000-0000-0000-000000000000 |  | 404 | no-such-order | nor is one in doubt
            """)
    void refusalsOfAService_areProblems(
            String method, String port, String path, String body, int status, String type, String detail) {
        HttpRequest.Builder request = HttpRequest.newBuilder(address(port, path))
                .method(method, body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body))
                .header("Content-Type", "application/json");
        HttpResponse<String> answer = send(request);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
        assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/problem+json");
        assertThat(answer.body()).contains("problem:" + type + '"', detail);
    }

    /** A flow that nobody may have sent, and a page of another site. */
    @Test
    void strangers_areRefused() {
        HttpResponse<String> unsigned = send(HttpRequest.newBuilder(address("8081", "api/stock/1/decrease?n=1"))
                .POST(BodyPublishers.noBody())
                .header("Lockstep-Flow", UUID.randomUUID().toString()));
        assertThat(unsigned.statusCode()).as(unsigned.body()).isEqualTo(401);
        assertThat(unsigned.body()).contains("problem:flow-not-trusted");
        HttpResponse<String> unflowed = send(HttpRequest.newBuilder(address("8081", "api/stock/1"))
                .header("Lockstep-Flow", UUID.randomUUID().toString()));
        assertThat(unflowed.statusCode()).as(unflowed.body()).isEqualTo(400);
        assertThat(unflowed.body()).contains("problem:flow-not-understood", "StockResource.item");
        HttpResponse<String> foreign = send(HttpRequest.newBuilder(address("8081", "api/stock/1/decrease?n=1"))
                .POST(BodyPublishers.noBody())
                .header("Origin", "http://elsewhere.example"));
        assertThat(foreign.statusCode()).as(foreign.body()).isEqualTo(403);
        assertThat(foreign.body()).contains("problem:cross-site");
    }

    private String commands() throws IOException {
        String page = DocsPage.of("two-services.md").text().replace("5432", Integer.toString(reader.port()));
        for (String port : new String[] {"8081", "8082", "8083", "8491", "8492", "8493"}) {
            ports.put(port, FreePorts.one());
            page = page.replace(port, ports.get(port).toString());
        }
        return new DocsPage(page).commands().stream().limit(STEPS_TO_START).collect(Collectors.joining("\n"));
    }

    private boolean isReady(String port) {
        try {
            return get(port, "health/ready").statusCode() == 200;
        } catch (UncheckedIOException e) {
            return false; // not listening yet
        }
    }

    private HttpResponse<String> buy(String parameters) {
        return send(HttpRequest.newBuilder(address("8083", "buy?" + parameters)).POST(BodyPublishers.noBody()));
    }

    private HttpResponse<String> get(String port, String path) {
        return send(HttpRequest.newBuilder(address(port, path)));
    }

    private URI address(String port, String path) {
        return URI.create("http://127.0.0.1:" + ports.get(port) + "/" + path);
    }

    private HttpResponse<String> send(HttpRequest.Builder request) {
        try {
            return http.send(request.timeout(Duration.ofSeconds(60)).build(), BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private String answer(String database, String question) {
        try (Connection connection = reader.database(database, database, "secret-of-" + database)
                        .getConnection();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(question)) {
            row.next();
            return row.getString(1);
        } catch (SQLException e) {
            throw new IllegalStateException(question, e);
        }
    }

    /** What the script and the servers wrote, but for the long lines at a server's start. */
    private String logs() {
        try (Stream<Path> logs =
                Files.list(reader.distribution()).filter(file -> file.toString().endsWith(".log"))) {
            return Stream.concat(Stream.of(log), logs)
                    .map(log -> "\n=== " + log.getFileName() + "\n" + text(log))
                    .collect(Collectors.joining());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String text(Path file) {
        try {
            String text = Files.readString(file);
            return text.substring(Math.max(0, text.length() - 10_000));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
