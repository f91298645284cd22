package dev.lockstep.benchmarks;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lockstep.benchmarks.HttpConnection.Answer;
import java.io.EOFException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class HttpConnectionTest {

    private static final String REQUEST = "POST /api/orders HTTP/1.1\r\n";

    private ServerSocket server;
    private HttpConnection connection;

    @BeforeEach
    void listen() throws IOException {
        server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        connection = new HttpConnection(URI.create("http://127.0.0.1:" + server.getLocalPort() + "/"));
    }

    @AfterEach
    void close() throws IOException {
        connection.close();
        server.close();
    }

    @Test
    void readsStatusLocationAndBodyByItsLength() throws IOException {
        var connections =
                answers(List.of("HTTP/1.1 201 Created\r\nLocation: /api/orders/1\r\nContent-Length: 4\r\n\r\n{é}"));
        assertThat(connection.post("/api/orders", "{}")).isEqualTo(new Answer(201, "/api/orders/1", "{é}"));
        assertThat(connections.join()).isEqualTo(1);
    }

    @Test
    void usesAConnectionAgainUntilTheServerClosesIt() throws IOException {
        var connections = answers(List.of(
                "HTTP/1.1 201 Created\r\nContent-Length: 0\r\n\r\n",
                "HTTP/1.1 201 Created\r\nConnection: close\r\nContent-Length: 0\r\n\r\n",
                "HTTP/1.1 409 Conflict\r\nContent-Length: 0\r\n\r\n"));
        connection.post("/api/orders", "{}");
        connection.post("/api/orders", "{}");
        assertThat(connection.post("/api/orders", "{}").status()).isEqualTo(409);
        assertThat(connections.join()).isEqualTo(2);
    }

    @Test
    void failsOnAnAnswerThatBreaksOff() {
        var connections = answers(List.of("HTTP/1.1 201 Created\r\nConnection: close\r\nContent-Length: 9\r\n\r\n{}"));
        assertThatThrownBy(() -> connection.post("/api/orders", "{}")).isInstanceOf(EOFException.class);
        assertThat(connections.join()).isEqualTo(1);
    }

    /** Answers each request by the next of these, and tells how many connections it took. */
    private CompletableFuture<Integer> answers(List<String> answers) {
        return CompletableFuture.supplyAsync(() -> {
            int connections = 0;
            try {
                for (int next = 0; next < answers.size(); connections++) {
                    next = answerOneConnection(answers, next);
                }
            } catch (IOException e) {
                throw new AssertionError(e);
            }
            return connections;
        });
    }

    private int answerOneConnection(List<String> answers, int first) throws IOException {
        try (Socket client = server.accept()) {
            int next = first;
            String answer = "";
            while (next < answers.size() && !answer.contains("Connection: close")) {
                String request = new String(client.getInputStream().readNBytes(requestLength()), UTF_8);
                assertThat(request).startsWith(REQUEST).endsWith("\r\n\r\n{}");
                answer = answers.get(next++);
                client.getOutputStream().write(answer.getBytes(UTF_8));
            }
            return next;
        }
    }

    private int requestLength() {
        return (REQUEST + "Host: 127.0.0.1:" + server.getLocalPort()
                        + "\r\nContent-Type: application/json\r\nContent-Length: 2\r\n\r\n{}")
                .length();
    }
}
