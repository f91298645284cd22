package dev.lockstep.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.launcher.console.Steps;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What is measured as off is off. */
@Tag("slow")
class UnwatchableIT {

    /** That the delivered server counts its orders, ConsoleIT of the system tests shows. */
    @Test
    void itsOrdersAreCommittedAndNotNoted() throws Exception {
        Path original =
                Path.of(System.getProperty("lockstep.home")).toAbsolutePath().normalize();
        Path folder = Files.createTempDirectory(Path.of(System.getProperty("lockstep.benchmarks")), "unwatchable-");
        Steps steps = new Steps(
                new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8), Clock.systemUTC());
        try (Installation server = Installation.start(folder, own -> Unwatchable.distribution(original, own), steps);
                HttpConnection client = new HttpConnection(server.url())) {
            Shelf shelf = server.books().shelf(1);
            assertThat(client.post(
                                    "/api/orders",
                                    "{\"productId\":" + shelf.first() + ",\"quantity\":1,\"orderName\":\"Not noted\"}")
                            .status())
                    .isEqualTo(201);
            assertThat(committed(server)).containsExactly(0.0);
        }
    }

    /** The counter of committed transactions, as Prometheus would read it. */
    private static List<Double> committed(Installation server) throws Exception {
        HttpRequest question = HttpRequest.newBuilder(server.url().resolve("/metrics"))
                .header("Accept", "text/plain")
                .build();
        return HttpClient.newHttpClient()
                .send(question, HttpResponse.BodyHandlers.ofLines())
                .body()
                .filter(line -> line.startsWith("lockstep_transactions_committed_total{"))
                .map(line -> Double.valueOf(line.substring(line.indexOf(' ') + 1)))
                .toList();
    }
}
