package dev.lockstep.flow.wire;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.Socket;
import java.net.SocketException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What no client of ours would send. After each attack a commit is answered, and no connection is left. */
@Timeout(60)
class WireListenerAttackTest {

    private static final String COMMIT = Address.of(Examples.COMMIT).path();
    private static final String BODY = "{\"type\":\"commit\"}";

    private static final List<String> NONSENSE = List.of(
            "GET /%zz HTTP/1.1\r\nHost: x\r\n\r\n",
            "GET //lockstep-flow//v1 HTTP/1.1\r\nHost: x\r\n\r\n",
            "GET http://evil.example/ HTTP/1.1\r\nHost: x\r\n\r\n",
            "GET /\u00ff\u00fe HTTP/1.1\r\nHost: x\r\n\r\n",
            "CONNECT product:443 HTTP/1.1\r\nHost: x\r\n\r\n",
            "OPTIONS * HTTP/1.1\r\nHost: x\r\n\r\n",
            "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
            "POST PATH HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\nffffffffffffffff\r\n",
            "POST PATH HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n-1\r\nx\r\n",
            "POST PATH HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\nnonsense\r\n",
            "POST PATH HTTP/1.1\r\nHost: x\r\nContent-Length: -1\r\n\r\nx",
            "POST PATH HTTP/1.1\r\nHost: x\r\nContent-Length: 99999999999999999999\r\n\r\nx",
            "POST PATH HTTP/1.1\r\nHost: x\r\nContent-Length: 9223372036854775807\r\n\r\nx",
            "POST PATH HTTP/1.1\r\nHost: x\r\nContent-Length: x\r\n\r\nx",
            "POST PATH HTTP/1.1\r\nHost: x\r\nLockstep-Signature: a\r\n b\r\nContent-Length: 0\r\n\r\n",
            "POST PATH HTTP/1.1\r\nHost: x\r\nLockstep-Signature: \0\r\nContent-Length: 0\r\n\r\n",
            "POST PATH HTTP/1.1\r\nHost: x\r\nExpect: 100-continue\r\nContent-Length: 0\r\n\r\n",
            "POST PATH HTTP/1.1\r\nHost x\r\n\r\n",
            "POST PATH HTTP/1.1\r\n: x\r\nHost: x\r\n\r\n",
            "GET /PATH\r\n\r\n",
            "\r\n\r\n\r\n\r\nGET / HTTP/1.1\r\nHost: x\r\n\r\n",
            "{\"type\":\"commit\"}\r\n\r\n",
            "\u0016\u0003\u0001\u0002\u0000\u0001\u0000\u0001\u00fc\u0003\u0003");

    @TempDir
    private Path folder;

    private final List<Message> heard = new ArrayList<>();
    private final CompletableFuture<Reply> later = new CompletableFuture<>();
    private final CountDownLatch asked = new CountDownLatch(1);
    private Product product;

    @BeforeEach
    void open() throws IOException {
        product = new Product(folder, 60, Product.SHORT, (from, message) -> {
            synchronized (heard) {
                heard.add(message);
            }
            asked.countDown();
            return message.equals(Examples.PREPARE)
                    ? later
                    : CompletableFuture.completedFuture(
                            Examples.FITTING.get(message).get(0));
        });
    }

    @AfterEach
    void isAsBefore() throws IOException {
        assertThat(product.ask(Examples.COMMIT)).isEqualTo(Examples.COMMITTED);
        long deadline = System.nanoTime() + Duration.ofSeconds(10).toNanos();
        while (product.listener.connections() > 1 && System.nanoTime() < deadline) {
            LockSupport.parkNanos(1_000_000);
        }
        assertThat(product.listener.connections()).as("our client's").isEqualTo(1);
        product.close();
    }

    private String signed(String body) {
        return product.signed("POST", COMMIT, body);
    }

    @Test
    void twoMessagesAtOnce_areAnsweredInTurn() throws IOException {
        String rollback = Address.of(new Message.Rollback(Examples.FLOW)).path();
        String both = signed(BODY) + product.signed("POST", rollback, "{\"type\":\"rollback\"}")
                + "GET / HTTP/1.1\r\nHost: x\r\n\r\n";
        assertThat(product.exchange(both))
                .matches("(?s)HTTP/1.1 200 .*\"ended\".*HTTP/1.1 200 .*\"heard\".*HTTP/1.1 404 .*");
    }

    /** All at once, since some of them are cut only when their time is over. */
    @Test
    void nonsense_isRefusedOrCut() throws IOException {
        List<Socket> sockets = new ArrayList<>();
        for (String bytes : NONSENSE) {
            sockets.add(product.send(bytes.replace("PATH", COMMIT)));
        }
        for (int i = 0; i < sockets.size(); i++) {
            String answer = new String(sockets.get(i).getInputStream().readAllBytes(), ISO_8859_1);
            assertThat(answer.isEmpty() || answer.matches("(?s)HTTP/1.1 [45].*"))
                    .as(NONSENSE.get(i) + answer)
                    .isTrue();
        }
        assertThat(heard).isEmpty();
    }

    @Test
    void manyHeaders_areRefused() throws IOException {
        StringBuilder headers = new StringBuilder();
        for (int i = 0; i < 700; i++) {
            headers.append("a").append(i).append(": x\r\n");
        }
        assertThat(product.exchange(Product.request("POST", COMMIT, headers.toString(), BODY)))
                .startsWith("HTTP/1.1 400 ");
        assertThat(heard).isEmpty();
    }

    /** The signature is over the body, however it is framed. */
    @Test
    void bodyInChunks_isTheSame() throws IOException {
        String chunked = signed(BODY)
                .replace("Content-Length: 17", "Transfer-Encoding: chunked\r\nConnection: close")
                .replace(
                        BODY,
                        "7\r\n" + BODY.substring(0, 7) + "\r\na\r\n" + BODY.substring(7)
                                + "\r\n0\r\nTrailer: x\r\n\r\n");
        assertThat(product.exchange(chunked)).startsWith("HTTP/1.1 200 ");
        assertThat(heard).hasSize(1);
    }

    /** Two lengths are how one request is hidden in another. */
    @Test
    void hiddenMessage_isNotHeard() throws IOException {
        String hidden = signed(BODY);
        String both = "POST " + COMMIT + " HTTP/1.1\r\nHost: x\r\nContent-Length: " + (hidden.length() + 5)
                + "\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n" + hidden;
        assertThat(product.exchange(both)).doesNotContain("HTTP/1.1 200");
        assertThat(heard).isEmpty();
    }

    @Test
    void offerOfAnotherProtocol_isNotTaken() throws IOException {
        String upgrade = signed(BODY).replace("Host:", "Connection: Upgrade\r\nUpgrade: h2c\r\nHost:");
        assertThat(product.exchange(upgrade)).doesNotContain("HTTP/1.1 101");
    }

    /** Scenario: a client asks on and on, and reads nothing. Expected outcome: Grizzly cuts it, before its answers fill the memory. */
    @Test
    void whoReadsNothing_isCut() throws IOException {
        byte[] message = signed(BODY).repeat(100).getBytes(ISO_8859_1);
        Socket socket = product.connect();
        assertThatThrownBy(() -> {
                    for (int i = 0; i < 1000; i++) {
                        socket.getOutputStream().write(message);
                    }
                })
                .isInstanceOf(SocketException.class);
    }

    @Test
    void whoGoesBeforeItsAnswer_leavesNothing() throws Exception {
        Socket socket = product.send(product.signed(
                "POST",
                Address.of(Examples.PREPARE).path(),
                new String(MessageJson.write(Examples.PREPARE), ISO_8859_1)));
        asked.await();
        socket.close();
        later.complete(Examples.YES);
    }

    /** A client may end its own direction once it has asked. */
    @Test
    void whoHasSaidAll_isAnswered() throws IOException {
        Socket socket = product.send(signed(BODY));
        socket.shutdownOutput();
        assertThat(new String(socket.getInputStream().readAllBytes(), ISO_8859_1))
                .startsWith("HTTP/1.1 200 ");
    }

    /** Scenario: a byte of a signed message is changed, lost or doubled. Expected outcome: what is heard is the message that was signed. */
    @Test
    void damagedMessages_areNotHeard() throws IOException {
        Random random = new Random(17);
        for (int i = 0; i < 200; i++) {
            StringBuilder bytes = new StringBuilder(signed(BODY).replace("Host:", "Connection: close\r\nHost:"));
            int place = random.nextInt(bytes.length());
            switch (random.nextInt(3)) {
                case 0 -> bytes.setCharAt(place, (char) random.nextInt(256));
                case 1 -> bytes.deleteCharAt(place);
                default -> bytes.insert(place, bytes.charAt(place));
            }
            Socket socket = product.send(bytes.toString());
            socket.shutdownOutput();
            socket.getInputStream().readAllBytes();
            socket.close();
        }
        assertThat(heard).containsOnly(Examples.COMMIT);
        assertThat(product.ask(Examples.DECISIONS)).isInstanceOf(Reply.States.class);
    }

    /** Bytes that are no request, many at a time. */
    @Test
    void noise_leavesItAnswering() throws IOException {
        Random random = new Random(18);
        for (int i = 0; i < 200; i++) {
            byte[] noise = new byte[random.nextInt(3000)];
            random.nextBytes(noise);
            product.send(new String(noise, ISO_8859_1));
        }
        long before = System.nanoTime();
        assertThat(product.ask(Examples.COMMIT)).isEqualTo(Examples.COMMITTED);
        assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(Duration.ofSeconds(1));
        assertThat(heard).hasSize(1);
    }
}
