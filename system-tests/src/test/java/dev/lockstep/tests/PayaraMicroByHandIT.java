package dev.lockstep.tests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands of server-config/README.md for plain Payara Micro and a PostgreSQL of one's own, as they stand there but for the ports. */
@Tag("slow")
class PayaraMicroByHandIT {

    private static final Duration LIMIT = Duration.ofMinutes(3);
    private static final Path README = Path.of("../server-config/README.md");
    private static final Pattern COMMANDS = Pattern.compile("## By hand.*?\n```\n(.*?)```", Pattern.DOTALL);

    @TempDir
    Path folder;

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

    @Test
    void commandsOfTheReadme_makeAShop() throws Exception {
        assumeTrue(
                ReaderOfDocs.hasPsql(),
                "The README's commands are not tried, there is no psql: apt-get install postgresql-client");
        reader = new ReaderOfDocs(folder);
        int httpPort = FreePorts.one();
        Path output = folder.resolve("output.log");
        server = reader.type(script(reader.port(), httpPort), output);

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
        assertThat(reader.distribution().resolve("payara.log.0")).isNotEmptyFile();
    }

    /** The last command is the server; in the place of the shell it ends with this test. */
    private static String script(int databasePort, int httpPort) throws IOException {
        Matcher commands = COMMANDS.matcher(Files.readString(README));
        assertThat(commands.find()).isTrue();
        String script = commands.group(1)
                .replace("5432", Integer.toString(databasePort))
                .replace("--port 8080", "--port " + httpPort)
                .replace("\njava -Xmx", "\nexec java -Xmx");
        assertThat(script).contains("exec ", "LOCKSTEP_ORDERS_DB_PORT=" + databasePort, "--port " + httpPort);
        return script;
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
