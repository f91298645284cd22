package dev.lockstep.tests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.lockstep.tests.inside.TransferServlet;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.net.CookieManager;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.sql.DataSource;
import org.jboss.shrinkwrap.api.ShrinkWrap;
import org.jboss.shrinkwrap.api.exporter.ZipExporter;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands of docs/your-own-application.md, as they stand there but for the ports, with an application that knows nothing of the console. */
class YourOwnApplicationIT {

    private static final Duration LIMIT = Duration.ofMinutes(3);
    private static final Path PAGE = Path.of("../docs/your-own-application.md");
    private static final Pattern COMMANDS = Pattern.compile("\n```\n(.*?)```", Pattern.DOTALL);
    private static final Pattern PASSWORD = Pattern.compile("password (\\S+)");

    @TempDir
    Path folder;

    private final int httpPort = FreePorts.one();
    private final URI address = URI.create("http://127.0.0.1:" + httpPort + "/");
    private final HttpClient http =
            HttpClient.newBuilder().cookieHandler(new CookieManager()).build();
    private ReaderOfDocs reader;
    private Process server;

    @AfterEach
    void stopAll() throws Exception {
        if (server != null) {
            server.destroy();
            server.waitFor();
        }
        if (reader != null) {
            reader.close();
        }
    }

    /**
     * Scenario: an application's two transactions, one with a subject and one without, and a branch of a third one that nobody can settle.
     * Expected outcome: picture and console show the two, by the subject's id and by the global id; an operator ends the branch, and the
     * database of the branch has a line of it.
     */
    @Test
    void stepsOfThePage_showAnApplicationsTransactions_andSettleItsBranch() throws Exception {
        assumeTrue(
                ReaderOfDocs.hasPsql(),
                "The page's commands are not tried, there is no psql: apt-get install postgresql-client");
        reader = new ReaderOfDocs(folder);
        ShrinkWrap.create(WebArchive.class)
                .addClass(TransferServlet.class)
                .as(ZipExporter.class)
                .exportTo(reader.distribution().resolve("my.war").toFile());
        List<String> steps = steps();
        type(steps.get(0));
        DataSource north = bank("north");
        bank("south");
        type(steps.get(1));
        Path log = folder.resolve("output.log");
        server = reader.type(steps.get(2).replace("\njava ", "\nexec java "), log);
        LauncherProcess.await(LIMIT, "both applications", () -> isThere("console/") || !server.isAlive());
        assertThat(server.isAlive()).as(() -> text(log)).isTrue();

        assertThat(transfer("amount=500&id=transfer-7&title=Rent")).isEqualTo("committed");
        assertThat(transfer("amount=20")).isEqualTo("committed");
        assertThat(json("console/api/transactions").getJsonArray("transactions").getValuesAs(JsonObject.class))
                .satisfiesExactly(
                        plain -> assertThat(plain).containsKey("globalId").doesNotContainKey("subjects"),
                        named -> assertThat(named.getJsonArray("subjects")
                                        .getJsonObject(0)
                                        .getString("id"))
                                .isEqualTo("transfer-7"));
        LauncherProcess.await(
                LIMIT,
                "both in the picture",
                () -> firstEvent().getJsonArray("shown").size() == 2);

        String gid = BranchesByHand.followerOfNobody(BranchesByHand.globalId("nobody,server,P100"));
        BranchesByHand.prepare(north, gid, "UPDATE account SET balance = balance - 1");
        logIn(type(steps.get(3)));
        HttpResponse<String> settled = post(
                "console/api/branches/" + gid.replace('/', '~') + "/resolve",
                Json.createObjectBuilder()
                        .add("participant", "north")
                        .add("decision", "ROLLBACK")
                        .add("heuristic", true)
                        .add("reason", "its bank is closed")
                        .build());
        assertThat(settled.body()).contains("\"SETTLED\"");
        assertThat(answer(north, "SELECT gid || ' ' || reason FROM operator_action WHERE outcome = 'SETTLED'"))
                .isEqualTo(gid + " its bank is closed");
        assertThat(answer(north, "SELECT balance FROM account")).isEqualTo("480");
    }

    private List<String> steps() throws IOException {
        Matcher commands = COMMANDS.matcher(Files.readString(PAGE)
                .replace("5432", Integer.toString(reader.port()))
                .replace("--port 8080", "--port " + httpPort));
        List<String> steps = commands.results().map(step -> step.group(1)).toList();
        assertThat(steps).hasSize(4);
        assertThat(steps.get(2)).contains("\njava ", "--port " + httpPort);
        return steps;
    }

    private String type(String step) throws Exception {
        Path output = Files.createTempFile(folder, "step", ".log");
        assertThat(reader.type(step, output).waitFor())
                .as(() -> step + text(output))
                .isZero();
        return text(output);
    }

    private DataSource bank(String name) throws SQLException {
        DataSource bank = reader.database(name, name, "secret-of-" + name);
        try (Connection connection = bank.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE TABLE account (balance int NOT NULL); INSERT INTO account VALUES (1000)");
        }
        return bank;
    }

    private static String answer(DataSource database, String question) throws SQLException {
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(question)) {
            row.next();
            return row.getString(1);
        }
    }

    private String transfer(String parameters) {
        return send(HttpRequest.newBuilder(address.resolve("my/transfer?" + parameters))
                        .POST(BodyPublishers.noBody()))
                .body();
    }

    private void logIn(String shown) {
        Matcher password = PASSWORD.matcher(shown);
        assertThat(password.find()).as(shown).isTrue();
        assertThat(post(
                                "console/api/session",
                                Json.createObjectBuilder()
                                        .add("name", "operator")
                                        .add("password", password.group(1))
                                        .build())
                        .statusCode())
                .isEqualTo(204);
    }

    private HttpResponse<String> post(String path, JsonObject body) {
        return send(HttpRequest.newBuilder(address.resolve(path))
                .header("Content-Type", "application/json")
                .header("X-CSRF-Token", json("console/api/session").getString("csrfToken", ""))
                .POST(BodyPublishers.ofString(body.toString())));
    }

    private JsonObject json(String path) {
        return parsed(send(HttpRequest.newBuilder(address.resolve(path))).body());
    }

    private static JsonObject parsed(String text) {
        return Json.createReader(new StringReader(text)).readObject();
    }

    private HttpResponse<String> send(HttpRequest.Builder request) {
        try {
            return http.send(request.build(), BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private boolean isThere(String path) {
        try {
            return send(HttpRequest.newBuilder(address.resolve(path))).statusCode() == 200;
        } catch (UncheckedIOException e) {
            return false; // not listening yet
        }
    }

    /** What the picture is sent first, when it opens. */
    private JsonObject firstEvent() {
        try (InputStream stream = http.send(
                                HttpRequest.newBuilder(address.resolve("console/api/transactions/events"))
                                        .build(),
                                BodyHandlers.ofInputStream())
                        .body();
                BufferedReader lines = new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8))) {
            return parsed(lines.lines()
                    .filter(line -> line.startsWith("data: {"))
                    .findFirst()
                    .orElseThrow()
                    .substring("data: ".length()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
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
