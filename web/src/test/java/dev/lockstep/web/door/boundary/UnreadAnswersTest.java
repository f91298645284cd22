package dev.lockstep.web.door.boundary;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.web.door.control.HostNames;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import org.glassfish.grizzly.Connection;
import org.glassfish.grizzly.ConnectionProbe;
import org.glassfish.grizzly.http.HttpServerFilter;
import org.glassfish.grizzly.http.server.HttpHandler;
import org.glassfish.grizzly.http.server.HttpServer;
import org.glassfish.grizzly.http.server.NetworkListener;
import org.glassfish.grizzly.http.server.Request;
import org.glassfish.grizzly.http.server.Response;
import org.glassfish.grizzly.threadpool.ThreadPoolConfig;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Clients that read nothing, before a Grizzly of few threads whose every answer is larger than what the network takes (4 MB). */
@Timeout(60)
class UnreadAnswersTest {

    private static final int THREADS = 2;
    private static final int STRANGERS = THREADS + 1;
    private static final int LARGE = 8 * 1024 * 1024;

    /** Beyond it a thread of this Grizzly would wait. */
    private static final int WITHOUT_WAIT = 64 * 1024;

    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();
    private final HttpServer server = new HttpServer();
    private final NetworkListener listener = new NetworkListener("door", "127.0.0.1", 0);
    private final List<Socket> clients = new ArrayList<>();

    private void open(Duration limit, long allMax, CountDownLatch closings) throws IOException {
        Door door = new Door(HostNames.of(Map.of()), path -> true, timer, new UnreadAnswers(limit, allMax, timer));
        listener.registerAddOn((none, filters) -> filters.add(filters.indexOfType(HttpServerFilter.class) + 1, door));
        listener.setMaxPendingBytes(WITHOUT_WAIT);
        listener.getTransport()
                .setWorkerThreadPoolConfig(ThreadPoolConfig.defaultConfig()
                        .setCorePoolSize(THREADS)
                        .setMaxPoolSize(THREADS));
        listener.getTransport().getConnectionMonitoringConfig().addProbes(new ConnectionProbe.Adapter() {
            @Override
            @SuppressWarnings("rawtypes") // as it is declared
            public void onCloseEvent(Connection connection) {
                closings.countDown();
            }
        });
        server.getServerConfiguration().addHttpHandler(new HttpHandler() {
            @Override
            public void service(Request request, Response response) throws IOException {
                response.setContentLength(LARGE);
                response.getOutputStream().write(new byte[LARGE]);
            }
        });
        server.addListener(listener);
        server.start();
    }

    @AfterEach
    void close() throws IOException {
        for (Socket client : clients) {
            client.close();
        }
        server.shutdownNow();
        timer.shutdownNow();
    }

    /** Scenario: more clients than there are threads read nothing. Expected outcome: another one is served, and all those are cut off. */
    @Test
    void whoReadsNothing_takesNoThreadAndIsCutOff() throws Exception {
        CountDownLatch closings = new CountDownLatch(STRANGERS);
        open(Duration.ofSeconds(3), Long.MAX_VALUE, closings);
        for (int i = 0; i < STRANGERS; i++) {
            ask();
        }
        assertThat(ask().getInputStream().readNBytes(12)).asString().isEqualTo("HTTP/1.1 200");
        closings.await();
    }

    /** Scenario: many do not read. Expected outcome: not all of their answers are kept, though none is late. */
    @Test
    void whatIsUnreadInAll_isLimited() throws Exception {
        CountDownLatch closings = new CountDownLatch(1);
        open(Duration.ofHours(1), LARGE, closings);
        int read = 0;
        ask();
        ask();
        closings.await();
        for (Socket client : clients) {
            read += client.getInputStream().readNBytes(LARGE).length;
        }
        assertThat(read).isBetween(LARGE, 2 * LARGE - 1);
    }

    private Socket ask() throws IOException {
        Socket client = new Socket(InetAddress.getLoopbackAddress(), listener.getPort());
        clients.add(client);
        client.setSoTimeout(20_000);
        client.getOutputStream().write("GET / HTTP/1.1\r\nHost: localhost\r\n\r\n".getBytes(US_ASCII));
        return client;
    }
}
