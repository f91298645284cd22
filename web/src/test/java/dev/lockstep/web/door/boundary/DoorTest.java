package dev.lockstep.web.door.boundary;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lockstep.web.door.control.Elsewhere;
import dev.lockstep.web.door.control.HostNames;
import jakarta.servlet.AsyncContext;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.net.InetAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import org.glassfish.grizzly.http.HttpServerFilter;
import org.glassfish.grizzly.http.server.HttpHandler;
import org.glassfish.grizzly.http.server.HttpServer;
import org.glassfish.grizzly.http.server.NetworkListener;
import org.glassfish.grizzly.http.server.Request;
import org.glassfish.grizzly.http.server.Response;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The door before a Grizzly that has no application: what passes gets its 404. */
@Timeout(60)
class DoorTest {

    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();
    private final Door door = new Door(HostNames.of(Map.of()), path -> !path.startsWith("/other"), timer);
    private final HttpServer server = new HttpServer();
    private final NetworkListener listener = new NetworkListener("door", "127.0.0.1", 0);

    @BeforeEach
    void open() throws IOException {
        listener.registerAddOn((none, filters) -> filters.add(filters.indexOfType(HttpServerFilter.class) + 1, door));
        listener.getKeepAlive().setMaxRequestsCount(-1); // else Grizzly ends it sooner
        server.addListener(listener);
        server.start();
    }

    @AfterEach
    void close() {
        server.shutdownNow();
        timer.shutdownNow();
    }

    @Test
    void whoReadsNoRefusals_isCutOff() throws IOException {
        byte[] requests =
                "GET /;x HTTP/1.1\r\nHost: localhost\r\n\r\n".repeat(1000).getBytes(US_ASCII);
        try (Socket client = connect()) {
            assertThatThrownBy(() -> {
                        for (int i = 0; i < 200; i++) {
                            client.getOutputStream().write(requests);
                        }
                    })
                    .isInstanceOf(IOException.class);
        }
    }

    @Test
    void bodyThatBeginsWhileTheApplicationEnds_isRefused() throws IOException {
        timer.shutdown();
        String head = " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nContent-Length: 5\r\n\r\n";
        assertThat(answer("POST /api/orders" + head)).startsWith("HTTP/1.1 503 ");
    }

    @Test
    void climberOutOfAnother_isRefused() throws IOException {
        String rest = " HTTP/1.1\r\nHost: evil.example\r\nConnection: close\r\n\r\n";
        for (String way : List.of("/other/..", "/other/...", "/other/./.")) {
            assertThat(answer("GET " + way + "/api/orders" + rest)).as(way).startsWith("HTTP/1.1 421 ");
        }
        assertThat(answer("GET /other/orders" + rest)).startsWith("HTTP/1.1 404 ");
    }

    /** Scenario: the server ends, and another thread answers the first of two requests. Expected outcome: that thread goes on, and the client is cut. */
    @Test
    void nobodyServesTheNextRequest_clientIsCut() throws Exception {
        CompletableFuture<Void> answered = new CompletableFuture<>();
        server.getServerConfiguration().addHttpHandler(new HttpHandler() {
            @Override
            public void service(Request request, Response response) {
                response.suspend();
                listener.getTransport().getWorkerThreadPool().shutdown();
                answered.completeAsync(() -> {
                    Elsewhere.complete(endedBy(response::resume));
                    return null;
                });
            }
        });
        try (Socket client = connect()) {
            client.getOutputStream()
                    .write("GET / HTTP/1.1\r\nHost: localhost\r\n\r\n".repeat(2).getBytes(US_ASCII));
            client.setSoTimeout(10_000);
            assertThat(client.getInputStream().readAllBytes())
                    .asString(US_ASCII)
                    .containsOnlyOnce("HTTP/1.1 200 ");
        }
        assertThat(answered).succeedsWithin(Duration.ofSeconds(10));
    }

    private static AsyncContext endedBy(Runnable end) {
        Class<?>[] types = {AsyncContext.class};
        return (AsyncContext) Proxy.newProxyInstance(DoorTest.class.getClassLoader(), types, (self, method, words) -> {
            assertThat(method.getName()).isEqualTo("complete");
            end.run();
            return null;
        });
    }

    private String answer(String request) throws IOException {
        try (Socket client = connect()) {
            client.getOutputStream().write(request.getBytes(US_ASCII));
            client.setSoTimeout(10_000);
            return new String(client.getInputStream().readNBytes(20), US_ASCII);
        }
    }

    private Socket connect() throws IOException {
        return new Socket(InetAddress.getLoopbackAddress(), listener.getPort());
    }
}
