package dev.lockstep.flow.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lockstep.flow.trust.Peer;
import dev.lockstep.flow.trust.TwoNodes;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The listener of product, asked by its client and by raw sockets. */
@Timeout(30)
class WireListenerTest {

    private static final String COMMIT_PATH = Address.of(Examples.COMMIT).path();
    private static final String COMMIT_BODY = "{\"type\":\"commit\"}";

    @TempDir
    private Path folder;

    private final List<String> heard = new ArrayList<>();
    private final AtomicReference<Inbox> inbox = new AtomicReference<>(WireListenerTest::firstOfFitting);
    private Product product;

    private static CompletionStage<Reply> firstOfFitting(Peer from, Message message) {
        return CompletableFuture.completedFuture(Examples.FITTING.get(message).get(0));
    }

    private CompletionStage<Reply> hear(Peer from, Message message) {
        synchronized (heard) {
            heard.add(from + " " + message);
        }
        return inbox.get().on(from, message);
    }

    @BeforeEach
    void open() throws IOException {
        product = new Product(folder, WireListener.CONNECTIONS_MAX, Visitors.ARRIVAL_LIMIT, this::hear);
    }

    @AfterEach
    void close() throws IOException {
        product.close();
    }

    private void assertRefused(String bytes, int status, String type, String detail) throws IOException {
        String answer = product.exchange(bytes);
        assertThat(answer)
                .startsWith("HTTP/1.1 " + status + " ")
                .contains("\r\nContent-Type: application/problem+json\r\n", "\r\nCache-Control: no-store\r\n")
                .contains("\"type\":\"tag:lockstep.dev,2026:problem:" + type + "\"", "\"detail\":\"" + detail)
                .doesNotContain("\r\nLockstep-Signature:", "\r\nServer:");
        assertThat(heard).isEmpty();
    }

    @Test
    void eachMessage_isHeardAndAnswered() {
        for (Message message : Examples.FITTING.keySet()) {
            for (Reply reply : Examples.FITTING.get(message)) {
                inbox.set((from, same) -> CompletableFuture.completedFuture(reply));
                assertThat(product.ask(message)).isEqualTo(reply);
                assertThat(heard).last().isEqualTo("client " + message);
            }
        }
    }

    @Test
    void answer_comesLater() throws InterruptedException {
        CompletableFuture<Reply> later = new CompletableFuture<>();
        CountDownLatch asked = new CountDownLatch(1);
        inbox.set((from, message) -> {
            asked.countDown();
            return later;
        });
        CompletableFuture<Reply> answer = product.client
                .send(product.address, Examples.COMMIT, Duration.ofSeconds(5))
                .toCompletableFuture();
        asked.await();
        inbox.set(WireListenerTest::firstOfFitting);
        assertThat(product.ask(Examples.PREPARE)).isEqualTo(Examples.YES);
        assertThat(answer).isNotDone();
        later.complete(Examples.COMMITTED);
        assertThat(answer.join()).isEqualTo(Examples.COMMITTED);
    }

    /** The connection is kept, and the answer to the message that came again is the same, as it is bound to the same nonce. */
    @Test
    void repeatedMessage_isAnsweredAgain() throws IOException {
        String commit = product.signed("POST", COMMIT_PATH, COMMIT_BODY);
        Socket socket = product.send(commit);
        String first = Product.readAnswer(socket);
        socket.getOutputStream().write(commit.getBytes(StandardCharsets.ISO_8859_1));
        assertThat(Product.readAnswer(socket)).isEqualTo(first);
        assertThat(first)
                .startsWith("HTTP/1.1 200 OK\r\n")
                .contains("\r\nContent-Type: application/json\r\n", "\r\nCache-Control: no-store\r\n")
                .endsWith("{\"type\":\"ended\",\"outcome\":\"commit\",\"done\":true}");
        assertThat(heard).hasSize(2);
    }

    @Test
    void unsignedMessage_isRefused() throws IOException {
        assertRefused(
                Product.request("POST", COMMIT_PATH, "", COMMIT_BODY),
                401,
                "flow-not-trusted",
                "The header Lockstep-Signature is missing");
    }

    @Test
    void twoSignatures_areRefused() throws IOException {
        String commit = product.signed("POST", COMMIT_PATH, COMMIT_BODY);
        String line = commit.replaceFirst("(?s).*(Lockstep-Signature: [^\r]*\r\n).*", "$1");
        assertRefused(
                commit.replace(line, line + line), 401, "flow-not-trusted", "The header Lockstep-Signature must be");
    }

    @Test
    void unknownNode_isRefused() throws IOException {
        assertRefused(
                product.signed("POST", COMMIT_PATH, COMMIT_BODY).replace("node=client", "node=stranger"),
                401,
                "flow-not-trusted",
                "Node 'stranger' is not in this server's peers file");
    }

    @Test
    void alteredMessage_isRefused() throws IOException {
        String rollback = product.signed(
                "POST", Address.of(new Message.Rollback(Examples.FLOW)).path(), "{\"type\":\"rollback\"}");
        String text = "The signature of node 'client' does not match: the keys differ, or the request was altered";
        assertRefused(rollback.replace("0002/rollback", "0003/rollback"), 401, "flow-not-trusted", text);
        assertRefused(rollback.replace("\"type\"", "\"typo\""), 401, "flow-not-trusted", text);
        assertRefused(
                rollback.replace("mac=", "mac=A").replaceFirst("(mac=.{43}).", "$1"), 401, "flow-not-trusted", text);
    }

    @Test
    void wrongKey_isRefused() throws IOException {
        product.nodes.writeProduct("Hx4dHBsaGRgXFhUUExIREA8ODQwLCgkIBwYFBAMCAQA");
        product.nodes.pass(Duration.ofSeconds(1));
        assertRefused(
                product.signed("POST", COMMIT_PATH, COMMIT_BODY),
                401,
                "flow-not-trusted",
                "The signature of node 'client' does not match: the keys differ, or the request was altered");
    }

    /** Who cannot ask cannot settle: the window is for work alone. */
    @Test
    void clockThatIsFiveMinutesOff_isNoReason() {
        product.nodes.clientClock.pass(Duration.ofMinutes(-5));
        assertThat(product.ask(Examples.DECISIONS)).isInstanceOf(Reply.States.class);
    }

    @Test
    void malformedMessage_isToldWhy() throws IOException {
        assertRefused(
                product.signed("POST", COMMIT_PATH, "{\"type\":\"prepare\"}"),
                400,
                "invalid-request",
                "type must be commit, but is prepare");
        assertRefused(
                product.signed("POST", COMMIT_PATH, ""),
                400,
                "invalid-request",
                "The body must be one JSON object in UTF-8, each field once");
    }

    @Test
    void otherAddressOrMethod_isRefused() throws IOException {
        assertRefused(
                product.signed("POST", "/lockstep-flow/v1/transactions/7/commit", COMMIT_BODY),
                404,
                "not-found",
                "There is no resource /lockstep-flow/v1/transactions/7/commit in this protocol");
        assertRefused(product.signed("POST", COMMIT_PATH + "?phases=1", COMMIT_BODY), 404, "not-found", "There is no");
        assertRefused(product.signed("POST", "/%", ""), 404, "not-found", "There is no resource /% in this protocol");
        assertRefused(
                product.signed("GET", COMMIT_PATH, ""), 405, "method-not-allowed", "GET is not served here, only POST");
        assertRefused(
                product.signed("TRACE", COMMIT_PATH, ""),
                405,
                "method-not-allowed",
                "TRACE is not served here, only POST");
        assertThat(product.exchange(product.signed("GET", COMMIT_PATH, ""))).contains("\r\nAllow: POST\r\n");
    }

    @Test
    void tooLargeBody_isRefused() throws IOException {
        String text = "The body must have at most 16384 bytes";
        assertRefused(
                product.signed("POST", COMMIT_PATH, "x".repeat(WireFilter.BODY_MAX + 1)), 413, "body-too-large", text);
        assertRefused(
                "POST " + COMMIT_PATH + " HTTP/1.1\r\nHost: product\r\nTransfer-Encoding: chunked\r\n\r\n"
                        + ("1000\r\n" + "x".repeat(4096) + "\r\n").repeat(5) + "0\r\n\r\n",
                413,
                "body-too-large",
                text);
        assertRefused(
                product.signed("POST", COMMIT_PATH, " ".repeat(WireFilter.BODY_MAX)),
                400,
                "invalid-request",
                "The body must be one JSON object");
    }

    @Test
    void whatIsNoHttp_isRefused() throws IOException {
        String text = "This is no HTTP/1.1 request with a head of at most 8192 bytes";
        assertRefused("POST " + COMMIT_PATH + " HTTP/1.1\r\n\r\n", 400, "invalid-request", text);
        assertRefused("POST / HTTP/1.0\r\nContent-Length: 0\r\n\r\n", 400, "invalid-request", text);
        assertRefused("POST / HTTP/2.0\r\nHost: product\r\n\r\n", 400, "invalid-request", text);
        assertThat(product.exchange("\0\1\2\3 nonsense\r\n\r\n")).contains(text);
        assertRefused(
                "GET / HTTP/1.1\r\nHost: product\r\nX: " + "x".repeat(HttpCodec.HEAD_MAX) + "\r\n\r\n",
                400,
                "invalid-request",
                text);
        assertRefused(
                "POST / HTTP/1.1\r\nHost: product\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nxx",
                400,
                "invalid-request",
                text);
    }

    @Test
    void inboxThatFails_givesNoFact() {
        inbox.set((from, message) -> {
            throw new IllegalStateException("a fault");
        });
        assertNoAnswer(Examples.COMMIT, "500 '");
        inbox.set((from, message) -> CompletableFuture.failedFuture(new IOException("away")));
        assertNoAnswer(Examples.COMMIT, "500 '");
        inbox.set((from, message) -> CompletableFuture.completedFuture(Examples.COMMITTED));
        assertNoAnswer(Examples.PREPARE, "500 '");
        inbox.set((from, message) -> CompletableFuture.completedFuture(null));
        assertNoAnswer(Examples.PREPARE, "500 '");
        inbox.set((from, message) -> null);
        assertNoAnswer(Examples.PREPARE, "500 '");
    }

    private void assertNoAnswer(Message message, String came) {
        assertThatThrownBy(() -> product.ask(message))
                .cause()
                .isInstanceOf(NoAnswerException.class)
                .hasMessageContaining(came);
    }

    /** Scenario: the inbox blocks each prepare. Expected outcome: a commit is answered; when the lane is full, it is told. */
    @Test
    void blockedPrepares_leaveTheOtherLaneFree() {
        CountDownLatch release = new CountDownLatch(1);
        inbox.set((from, message) -> {
            if (message instanceof Message.Prepare) {
                await(release);
            }
            return firstOfFitting(from, message);
        });
        List<CompletableFuture<Reply>> prepares = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            prepares.add(product.client
                    .send(product.address, Examples.PREPARE, Duration.ofSeconds(10))
                    .toCompletableFuture());
        }
        assertThat(product.ask(Examples.COMMIT)).isEqualTo(Examples.COMMITTED);
        release.countDown();
        for (CompletableFuture<Reply> prepare : prepares) {
            assertThat(prepare.join())
                    .isEqualTo(Examples.FITTING.get(Examples.PREPARE).get(0));
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Messages go on while each step of a key's change is done at one server after the other. */
    @Test
    void keysChange_underTraffic() throws IOException {
        String older = TwoNodes.KEY;
        String newer = "Hx4dHBsaGRgXFhUUExIREA8ODQwLCgkIBwYFBAMCAQA";
        String[] steps = {older, older + " " + newer, newer + " " + older, newer};
        for (int step = 1; step < steps.length; step++) {
            product.nodes.writeProduct(steps[step]);
            product.nodes.pass(Duration.ofSeconds(1));
            assertThat(askWithKeys(steps[step - 1])).isEqualTo(Examples.COMMITTED);
            assertThat(askWithKeys(steps[step])).isEqualTo(Examples.COMMITTED);
        }
        assertThatThrownBy(() -> askWithKeys(older)).hasStackTraceContaining("401 '");
    }

    private Reply askWithKeys(String keys) throws IOException {
        product.nodes.writeClient(keys);
        Peer fresh = product.nodes.client().named("product").orElseThrow();
        Peer to = new Peer(fresh.name(), fresh.application(), product.address.protocol(), fresh.keys());
        return product.client
                .send(to, Examples.COMMIT, Duration.ofSeconds(5))
                .toCompletableFuture()
                .join();
    }
}
