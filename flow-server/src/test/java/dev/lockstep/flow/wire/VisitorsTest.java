package dev.lockstep.flow.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Connections that take their time, or too many of them. */
@Timeout(30)
class VisitorsTest {

    private static final int CONNECTIONS_MAX = 60;
    private static final String COMMIT_PATH = Address.of(Examples.COMMIT).path();
    private static final String COMMIT_BODY = "{\"type\":\"commit\"}";

    @TempDir
    private Path folder;

    private final AtomicInteger heard = new AtomicInteger();
    private Product product;

    private void open(Duration arrivalLimit) throws IOException {
        product = new Product(folder, CONNECTIONS_MAX, arrivalLimit, (from, message) -> {
            heard.incrementAndGet();
            return CompletableFuture.completedFuture(Examples.COMMITTED);
        });
    }

    @AfterEach
    void close() throws IOException {
        product.close();
    }

    /** Scenario: forty connections stall in their heads or bodies. Expected outcome: a commit is answered at once, and they are cut. */
    @Test
    void stalledConnections_holdUpNobodyAndAreCut() throws IOException {
        open(Product.SHORT);
        assertThat(product.ask(Examples.COMMIT)).as("warm").isEqualTo(Examples.COMMITTED);
        String whole = product.signed("POST", COMMIT_PATH, COMMIT_BODY);
        List<Socket> stalled = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            stalled.add(product.send(whole.substring(0, i * whole.length() / 40)));
        }
        long before = System.nanoTime();
        assertThat(product.ask(Examples.COMMIT)).isEqualTo(Examples.COMMITTED);
        assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(Duration.ofSeconds(1));
        for (Socket socket : stalled) {
            assertThat(socket.getInputStream().read()).isEqualTo(-1);
        }
        assertThat(heard).hasValue(2);
    }

    /** A byte now and then does not buy more time. */
    @Test
    void drippingRequest_isCut() throws IOException {
        open(Product.SHORT);
        Socket socket = product.send("POST " + COMMIT_PATH + " HTTP/1.1\r\n");
        long before = System.nanoTime();
        assertThatThrownBy(() -> {
                    while (Duration.ofNanos(System.nanoTime() - before).compareTo(Duration.ofSeconds(10)) < 0) {
                        socket.getOutputStream().write('x');
                        socket.setSoTimeout(50);
                        readOrTimeOut(socket);
                    }
                })
                .isInstanceOf(IOException.class);
    }

    private static void readOrTimeOut(Socket socket) throws IOException {
        try {
            if (socket.getInputStream().read() < 0) {
                throw new IOException("cut");
            }
        } catch (SocketTimeoutException e) {
            // not cut yet
        }
    }

    /** Scenario: there are as many strangers as there may be connections. Expected outcome: the oldest goes, and a peer is served. */
    @Test
    void strangers_makeRoomForPeers() throws IOException {
        open(Visitors.ARRIVAL_LIMIT);
        assertThat(product.ask(Examples.COMMIT)).isEqualTo(Examples.COMMITTED);
        List<Socket> strangers = new ArrayList<>();
        for (int i = 0; i < CONNECTIONS_MAX; i++) {
            strangers.add(product.connect());
            awaitConnections(Math.min(1 + strangers.size(), CONNECTIONS_MAX));
        }
        assertThat(strangers.get(0).getInputStream().read())
                .as("gone for the last stranger")
                .isEqualTo(-1);
        String commit = product.signed("POST", COMMIT_PATH, COMMIT_BODY);
        assertThat(Product.readAnswer(product.send(commit))).startsWith("HTTP/1.1 200 OK");
        assertThat(strangers.get(1).getInputStream().read())
                .as("gone for the peer")
                .isEqualTo(-1);
        assertThat(product.ask(Examples.COMMIT)).isEqualTo(Examples.COMMITTED);
        assertThat(product.listener.connections()).isLessThanOrEqualTo(CONNECTIONS_MAX);
    }

    /** So that they are in line: the listener has two threads that let in, and one of them may be late. */
    private void awaitConnections(int count) {
        while (product.listener.connections() < count) {
            LockSupport.parkNanos(Duration.ofMillis(1).toNanos());
        }
    }

    /** Scenario: a peer holds as many connections as there may be, and asks nothing. Expected outcome: another one is served. */
    @Test
    void idlePeers_makeRoomForOthers() throws IOException {
        open(Visitors.ARRIVAL_LIMIT);
        List<Socket> idle = new ArrayList<>();
        for (int i = 0; i < CONNECTIONS_MAX; i++) {
            idle.add(product.send(product.signed("POST", COMMIT_PATH, COMMIT_BODY)));
            Product.readAnswer(idle.get(i));
        }
        assertThat(product.ask(Examples.COMMIT)).isEqualTo(Examples.COMMITTED);
        assertThat(product.listener.connections()).isLessThanOrEqualTo(CONNECTIONS_MAX);
        assertThat(idle.get(0).getInputStream().read()).isEqualTo(-1);
    }
}
