package dev.lockstep.tests.flow;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lockstep.tests.LauncherProcess;
import dev.lockstep.tests.flow.Link.Moment;
import dev.lockstep.tests.flow.Link.Trap;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What the way between two machines does to messages. */
class LinkTest {

    private static final Duration LIMIT = Duration.ofSeconds(10);
    private static final String PREPARE = "/lockstep-flow/v1/transactions/7/prepare";
    private static final String COMMIT = "/lockstep-flow/v1/transactions/7/commit";

    private final Callee callee = new Callee();
    private final Link link = new Link("caller to callee", new Address(callee.port(), callee.port()));

    @AfterEach
    void close() throws IOException {
        link.close();
        callee.close();
    }

    @Test
    void carriesInFairWeather() throws IOException {
        assertThat(send(PREPARE)).contains("POST " + PREPARE);
        assertThat(link.trace()).extracting(Link.Exchange::kind).containsExactly(Kind.PREPARE);
    }

    @Test
    void carriesChunks_asOneBody() throws IOException {
        assertThat(send("POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n2;x=y\r\nde\r\n0\r\n\r\n"
                        .getBytes(ISO_8859_1)))
                .endsWith("abcde");
    }

    @Test
    void holdsBeforeDelivery() {
        Trap trap = link.trap(Kind.PREPARE, Moment.BEFORE_DELIVERY);
        CompletableFuture<String> answer = sending(PREPARE);
        assertThat(trap.await(LIMIT)).isTrue();
        assertThat(callee.received).isEmpty();
        trap.go();
        assertThat(answer.join()).contains(PREPARE);
    }

    /** Scenario: the answer to the first message is held. Expected outcome: another message passes; the first one is answered in the end. */
    @Test
    void holdsBeforeTheAnswer_oneMessageAlone() throws IOException {
        Trap trap = link.trap(Kind.COMMIT, Moment.BEFORE_ANSWER);
        CompletableFuture<String> answer = sending(COMMIT);
        assertThat(trap.await(LIMIT)).isTrue();
        assertThat(callee.received).hasSize(1);
        assertThat(send(COMMIT)).contains(COMMIT);
        assertThat(answer).isNotDone();
        trap.go();
        assertThat(answer.join()).contains(COMMIT);
    }

    @Test
    void resetsWhenCut() {
        link.become(Weather.CUT);
        assertThatThrownBy(() -> send(COMMIT)).isInstanceOf(IOException.class);
        assertThat(callee.received).isEmpty();
    }

    @Test
    void losesWhatWasSentInSilence() {
        link.become(Weather.SILENT);
        CompletableFuture<String> answer = sending(COMMIT);
        LauncherProcess.await(LIMIT, "the message waits", () -> link.waiting() == 1);
        assertThat(callee.received).isEmpty();
        link.heal();
        assertThatThrownBy(answer::join).hasRootCauseInstanceOf(IOException.class);
        assertThat(callee.received).isEmpty();
    }

    @Test
    void deliversWhatWasStalled() {
        link.become(Weather.STALLED);
        CompletableFuture<String> answer = sending(COMMIT);
        LauncherProcess.await(LIMIT, "the message waits", () -> link.waiting() == 1);
        assertThat(callee.received).isEmpty();
        link.heal();
        assertThat(answer.join()).contains(COMMIT);
    }

    @Test
    void delivers_andKeepsTheAnswer_inOneWayAlone() {
        link.become(Weather.ONE_WAY);
        CompletableFuture<String> answer = sending(COMMIT);
        LauncherProcess.await(LIMIT, "the answer waits", () -> link.waiting() == 1);
        assertThat(callee.received).hasSize(1);
        link.heal();
        assertThatThrownBy(answer::join).hasRootCauseInstanceOf(IOException.class);
    }

    @Test
    void losesARequest_thenAnAnswer_thenNothing() throws IOException {
        link.become(Weather.LOSSY);
        assertThatThrownBy(() -> send(PREPARE)).isInstanceOf(IOException.class);
        assertThat(callee.received).isEmpty();
        assertThatThrownBy(() -> send(PREPARE)).isInstanceOf(IOException.class);
        assertThat(callee.received).hasSize(1);
        assertThat(send(PREPARE)).contains(PREPARE);
    }

    @Test
    void deliversTwice() throws IOException {
        link.become(Weather.DUPLICATED);
        assertThat(send(PREPARE)).contains(PREPARE);
        assertThat(callee.received).hasSize(2);
    }

    @Test
    void deliversOnceMore_afterTheNext() throws IOException {
        link.become(Weather.REORDERED);
        send(PREPARE);
        send(COMMIT);
        link.heal();
        assertThat(callee.received.stream().map(HttpMessage::second)).containsExactly(PREPARE, COMMIT, PREPARE, COMMIT);
    }

    @Test
    void knowsTheMessages() {
        assertThat(kind("GET /lockstep-flow/v1/flows/7", List.of())).isEqualTo(Kind.ALIVE);
        assertThat(kind("POST /lockstep-flow/v1/flows/7/rollback", List.of())).isEqualTo(Kind.ROLLBACK);
        assertThat(kind("POST /lockstep-flow/v1/databases/a.b.c.d/decisions", List.of()))
                .isEqualTo(Kind.DECISIONS);
        assertThat(kind("POST /lockstep-flow/v1/databases/a.b.c.d/prepared", List.of()))
                .isEqualTo(Kind.PREPARED);
        assertThat(kind("POST /lockstep-flow/v1/databases/a.b.c.d/forget", List.of()))
                .isEqualTo(Kind.FORGET);
        assertThat(kind("PUT /stock/1", List.of("lockstep-flow: 7"))).isEqualTo(Kind.WORK);
        assertThat(kind("PUT /stock/1", List.of())).isEqualTo(Kind.OTHER);
    }

    private static Kind kind(String line, List<String> headers) {
        return Kind.of(new HttpMessage(line + " HTTP/1.1", headers, new byte[0]));
    }

    private CompletableFuture<String> sending(String path) {
        return CompletableFuture.supplyAsync(() -> {
            try {
                return send(path);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
    }

    private String send(String path) throws IOException {
        return send(("POST " + path + " HTTP/1.1\r\nContent-Length: 2\r\n\r\n{}").getBytes(ISO_8859_1));
    }

    private String send(byte[] request) throws IOException {
        try (Socket socket =
                new Socket(InetAddress.getLoopbackAddress(), link.address().protocolPort())) {
            socket.getOutputStream().write(request);
            Optional<HttpMessage> answer = HttpMessage.read(new BufferedInputStream(socket.getInputStream()));
            return new String(
                    answer.orElseThrow(() -> new IOException("no answer")).body(), ISO_8859_1);
        }
    }

    /** Answers each request with its first line and its body. */
    private static final class Callee implements AutoCloseable {

        private final ServerSocket socket;
        private final List<HttpMessage> received = new CopyOnWriteArrayList<>();

        Callee() {
            try {
                socket = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            Door.daemon(this::serve, "callee");
        }

        int port() {
            return socket.getLocalPort();
        }

        private void serve() {
            while (!socket.isClosed()) {
                try (Socket client = socket.accept()) {
                    InputStream in = new BufferedInputStream(client.getInputStream());
                    HttpMessage request = HttpMessage.read(in).orElseThrow();
                    received.add(request);
                    byte[] body =
                            (request.start() + "\r\n" + new String(request.body(), ISO_8859_1)).getBytes(ISO_8859_1);
                    new HttpMessage("HTTP/1.1 200 OK", List.of("Content-Length: " + body.length), body)
                            .writeTo(client.getOutputStream());
                } catch (IOException e) {
                    // The socket is closed, or the caller's.
                }
            }
        }

        @Override
        public void close() throws IOException {
            socket.close();
        }
    }
}
