package dev.lockstep.tests;

import static org.assertj.core.api.Assertions.assertThat;

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
import java.net.HttpCookie;
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

/**
 * An application of two banks that knows nothing of the console, and the console beside it: both are there because the commands of
 * docs/your-own-application.md were typed as they stand, but for the ports.
 */
public final class OwnApplication implements Site, AutoCloseable {

    private static final Duration LIMIT = Duration.ofMinutes(3);
    private static final Path PAGE = Path.of("../docs/your-own-application.md");
    private static final Pattern COMMANDS = Pattern.compile("\n```\n(.*?)```", Pattern.DOTALL);
    private static final Pattern PASSWORD = Pattern.compile("password (\\S+)");

    private final Path folder;
    private final int httpPort = FreePorts.one();
    private final CookieManager cookies = new CookieManager();
    private final HttpClient http =
            HttpClient.newBuilder().cookieHandler(cookies).build();
    private final ReaderOfDocs reader;
    private final List<String> steps;
    private final DataSource north;
    private Process server;

    /** The folder is for all that is written. */
    public OwnApplication(Path folder) throws IOException {
        this.folder = folder;
        this.reader = new ReaderOfDocs(folder);
        this.steps = steps();
        this.north = bank("north");
    }

    /** Types all steps but the last, and waits until both applications are there. */
    public void start() throws Exception {
        ShrinkWrap.create(WebArchive.class)
                .addClass(TransferServlet.class)
                .as(ZipExporter.class)
                .exportTo(reader.distribution().resolve("my.war").toFile());
        type(steps.get(0));
        open(north);
        open(bank("south"));
        type(steps.get(1));
        Path log = folder.resolve("output.log");
        server = reader.type(steps.get(2).replace("\njava ", "\nexec java "), log);
        LauncherProcess.await(LIMIT, "both applications", () -> isThere("console/") || !server.isAlive());
        assertThat(server.isAlive()).as(() -> text(log)).isTrue();
    }

    /** {@return whether the commands can be typed on this machine} */
    public static boolean canBeTyped() {
        return ReaderOfDocs.hasPsql();
    }

    private List<String> steps() throws IOException {
        Matcher commands = COMMANDS.matcher(Files.readString(PAGE)
                .replace("5432", Integer.toString(reader.port()))
                .replace("--port 8080", "--port " + httpPort));
        List<String> found = commands.results().map(step -> step.group(1)).toList();
        assertThat(found).hasSize(4);
        assertThat(found.get(2)).contains("\njava ", "--port " + httpPort);
        return found;
    }

    private String type(String step) throws Exception {
        Path output = Files.createTempFile(folder, "step", ".log");
        assertThat(reader.type(step, output).waitFor())
                .as(() -> step + text(output))
                .isZero();
        return text(output);
    }

    private DataSource bank(String name) {
        return reader.database(name, name, "secret-of-" + name);
    }

    private static void open(DataSource bank) throws SQLException {
        try (Connection connection = bank.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE TABLE account (balance int NOT NULL); INSERT INTO account VALUES (1000)");
        }
    }

    /** {@return the first bank's database, as the application enters it} */
    public DataSource north() {
        return north;
    }

    @Override
    public String address() {
        return "http://127.0.0.1:" + httpPort;
    }

    /** {@return what the application answers} */
    public String transfer(String parameters) {
        return send(request("my/transfer?" + parameters).POST(BodyPublishers.noBody()))
                .body();
    }

    /** Leaves a branch in the first bank that no resolver can settle. */
    public String leaveInDoubt() throws SQLException {
        String gid = BranchesByHand.followerOfNobody(BranchesByHand.globalId("nobody,server,P100"));
        BranchesByHand.prepare(north, gid, "UPDATE account SET balance = balance - 1");
        return gid;
    }

    /** Types the last step, and logs in with what it shows. */
    public void logIn() throws Exception {
        Matcher password = PASSWORD.matcher(type(steps.get(3)));
        assertThat(password.find()).isTrue();
        HttpResponse<String> answer = post(
                "console/api/session",
                Json.createObjectBuilder()
                        .add("name", "operator")
                        .add("password", password.group(1))
                        .build());
        assertThat(answer.statusCode()).isEqualTo(204);
    }

    /** Of who has logged in. */
    @Override
    public HttpCookie operatorCookie() {
        return cookies.getCookieStore().getCookies().get(0);
    }

    /** Writes as who has logged in. */
    public HttpResponse<String> post(String path, JsonObject body) {
        return send(request(path)
                .header("Content-Type", "application/json")
                .header("X-CSRF-Token", json("console/api/session").getString("csrfToken", ""))
                .POST(BodyPublishers.ofString(body.toString())));
    }

    /** {@return what is answered at a path} */
    public JsonObject json(String path) {
        return parsed(send(request(path)).body());
    }

    /** {@return what the picture is sent first, when it opens} */
    public JsonObject firstEvent() {
        try (InputStream stream = http.send(
                                request("console/api/transactions/events").build(), BodyHandlers.ofInputStream())
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

    private static JsonObject parsed(String text) {
        return Json.createReader(new StringReader(text)).readObject();
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(address() + "/" + path));
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
            return send(request(path)).statusCode() == 200;
        } catch (UncheckedIOException e) {
            return false; // not listening yet
        }
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        if (server != null) {
            server.destroy();
            server.onExit().join();
        }
        reader.close();
    }
}
