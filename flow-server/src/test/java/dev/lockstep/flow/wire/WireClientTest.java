package dev.lockstep.flow.wire;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lockstep.flow.trust.NotTrustedException;
import dev.lockstep.flow.trust.Peer;
import dev.lockstep.flow.trust.Received;
import dev.lockstep.flow.trust.Signatures;
import dev.lockstep.flow.trust.TwoNodes;
import dev.lockstep.participant.flow.Vote;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The client asks something that pretends to be product: what is no fact must never be taken for one. */
@Timeout(30)
class WireClientTest {

    private static final Duration LONG = Duration.ofSeconds(10);
    private static final Duration SHORT = Duration.ofMillis(200);
    private static final String COMMITTED = "{\"type\":\"ended\",\"outcome\":\"commit\",\"done\":true}";
    private static final String ASKED = "No answer of product to commit " + Examples.HANDLE + ", but ";

    @TempDir
    private Path folder;

    private final CountDownLatch never = new CountDownLatch(1);
    private TwoNodes nodes;
    private Signatures product;
    private WireClient client;

    @BeforeEach
    void trust() throws IOException {
        nodes = new TwoNodes(folder);
        product = Signatures.ofProtocol(nodes.product(), nodes.productClock);
        client = new WireClient(Signatures.ofProtocol(nodes.client(), nodes.clientClock), Tls.from(Map.of()));
    }

    @AfterEach
    void close() {
        client.close();
    }

    private Reply ask(PretendedProduct pretended, Message message, Duration limit) throws IOException {
        Peer peer = nodes.client().named("product").orElseThrow();
        URI address = URI.create("http://127.0.0.1:" + pretended.port());
        return client.send(new Peer(peer.name(), peer.application(), address, peer.keys()), message, limit)
                .toCompletableFuture()
                .join();
    }

    private void assertNoAnswer(PretendedProduct.Script script, String came) throws IOException {
        assertNoAnswer(Examples.COMMIT, script, LONG, ASKED + came);
    }

    private void assertNoAnswer(Message message, PretendedProduct.Script script, Duration limit, String text)
            throws IOException {
        try (PretendedProduct pretended = new PretendedProduct(script)) {
            assertThatThrownBy(() -> ask(pretended, message, limit))
                    .cause()
                    .isInstanceOf(NoAnswerException.class)
                    .hasMessageStartingWith(text);
            if (!(message instanceof Message.Alive)) { // which Java's client repeats, as it does any GET
                assertThat(pretended.requests).as("sent once").hasValue(1);
            }
        }
    }

    private Received received(String request) throws NotTrustedException {
        String[] line = request.lines().findFirst().orElseThrow().split(" ", -1);
        Map<String, String> headers = new HashMap<>();
        request.lines()
                .skip(1)
                .filter(header -> header.contains(": "))
                .forEach(header -> headers.put(
                        header.substring(0, header.indexOf(':')).toLowerCase(Locale.ROOT),
                        header.substring(header.indexOf(':') + 2)));
        String body = request.substring(request.indexOf("\r\n\r\n") + 4);
        return product.verify(line[0], line[1], headers, Signatures.digest(body.getBytes(ISO_8859_1)));
    }

    private String signature(String request, int status, String body) throws NotTrustedException {
        return "Lockstep-Signature: "
                + product.answer(received(request), status, Map.of(), Signatures.digest(body.getBytes(ISO_8859_1)))
                + "\r\n";
    }

    private PretendedProduct.Script signed(int status, String body) {
        return (request, to) -> to.write(PretendedProduct.answer(status, signature(request, status, body), body));
    }

    @Test
    void signedAnswer_isAFact() throws IOException {
        try (PretendedProduct pretended = new PretendedProduct(signed(200, COMMITTED))) {
            assertThat(ask(pretended, Examples.COMMIT, LONG)).isEqualTo(Examples.COMMITTED);
        }
    }

    @Test
    void unsignedAnswer_isNone() throws IOException {
        assertNoAnswer(
                (request, to) -> to.write(PretendedProduct.answer(200, "", COMMITTED)),
                "200 '" + COMMITTED + "': The header Lockstep-Signature is missing");
        for (int status : new int[] {204, 401, 409, 410, 413, 500, 503}) {
            assertNoAnswer(
                    (request, to) -> to.write(PretendedProduct.answer(status, "", "")),
                    status + " '': The header Lockstep-Signature is missing");
        }
    }

    @Test
    void redirect_isNotFollowed() throws IOException {
        try (PretendedProduct elsewhere = new PretendedProduct(signed(200, COMMITTED))) {
            String location = "Location: http://127.0.0.1:" + elsewhere.port() + "/\r\n";
            for (int status : new int[] {301, 302, 303, 307, 308}) {
                assertNoAnswer(
                        (request, to) -> to.write(PretendedProduct.answer(status, location, "")),
                        status + " '': The header Lockstep-Signature is missing");
            }
            assertThat(elsewhere.requests).hasValue(0);
        }
    }

    @Test
    void answerToAnotherMessage_isNone() throws IOException {
        StringBuilder earlier = new StringBuilder();
        try (PretendedProduct pretended = new PretendedProduct((request, to) -> {
            earlier.append(signature(request, 200, COMMITTED));
            to.write(PretendedProduct.answer(200, earlier.toString(), COMMITTED));
        })) {
            assertThat(ask(pretended, Examples.COMMIT, LONG)).isEqualTo(Examples.COMMITTED);
        }
        assertNoAnswer(
                (request, to) -> to.write(PretendedProduct.answer(200, earlier.toString(), COMMITTED)),
                "200 '" + COMMITTED + "': Node 'product' has answered another request");
    }

    @Test
    void alteredAnswer_isNone() throws IOException {
        String altered = "The signature of the answer of node 'product' does not match: it was altered";
        assertNoAnswer(
                (request, to) -> to.write(PretendedProduct.answer(
                        200, signature(request, 200, COMMITTED), COMMITTED.replace("true", "fals"))),
                "200 '{\"type\":\"ended\",\"outcome\":\"commit\",\"done\":fals}': " + altered);
        assertNoAnswer(
                (request, to) -> to.write(PretendedProduct.answer(201, signature(request, 200, COMMITTED), COMMITTED)),
                "201 '" + COMMITTED + "': " + altered);
    }

    @Test
    void twoSignatures_areNone() throws IOException {
        assertNoAnswer(
                (request, to) -> to.write(PretendedProduct.answer(
                        200, signature(request, 200, COMMITTED) + signature(request, 200, COMMITTED), COMMITTED)),
                "200 '" + COMMITTED + "': The header Lockstep-Signature must be");
    }

    /** A fact has the type that the question asks for, and the status of its type. */
    @Test
    void signedAnswerThatDoesNotFit_isNone() throws IOException {
        assertNoAnswer(signed(200, "{\"type\":\"heard\"}"), "200 '{\"type\":\"heard\"}': which is no answer to this");
        assertNoAnswer(signed(409, COMMITTED), "409 '" + COMMITTED + "': which is no answer to this");
        assertNoAnswer(signed(200, "{\"type\":\"yes\"}"), "200 '{\"type\":\"yes\"}': type must be away or ended");
        assertNoAnswer(signed(200, "<html>"), "200 '<html>': The body must be one JSON object");
        String other = new String(
                ReplyJson.write(new Reply.Voted(new Vote.Prepared(Examples.id(9), Examples.PRODUCT, Duration.ZERO))),
                ISO_8859_1);
        assertNoAnswer(
                Examples.FOLLOW,
                signed(200, other),
                LONG,
                "No answer of product to prepare " + Examples.HANDLE + ", but 200 '" + other
                        + "': which is no answer to this");
    }

    @Test
    void tooLargeAnswer_isNone() throws IOException {
        assertNoAnswer(
                (request, to) -> to.write(PretendedProduct.answer(200, "", " ".repeat(16_385))),
                "java.io.IOException: a body of more than 16384 bytes");
        assertNoAnswer(
                (request, to) -> {
                    to.write("HTTP/1.1 200 OK\r\n\r\n".getBytes(ISO_8859_1));
                    byte[] many = new byte[1 << 16];
                    while (never.getCount() > 0) {
                        to.write(many); // until the client goes
                    }
                },
                "java.io.IOException: a body of more than 16384 bytes");
    }

    @Test
    void silence_isNoAnswer() throws IOException {
        String nothing = ASKED + "nothing within 200 ms";
        assertNoAnswer(Examples.COMMIT, (request, to) -> never.await(), SHORT, nothing);
        assertNoAnswer(
                Examples.COMMIT,
                (request, to) -> {
                    to.write("HTTP/1.1 200 OK\r\nContent-Length: 50\r\n\r\n{".getBytes(ISO_8859_1));
                    to.flush();
                    never.await();
                },
                SHORT,
                nothing);
    }

    @Test
    void brokenConnection_isNoAnswer() throws IOException {
        assertNoAnswer((request, to) -> to.close(), "java.io.IOException: ");
        assertNoAnswer(
                new Message.Alive(Examples.FLOW),
                (request, to) -> to.close(),
                LONG,
                "No answer of product to alive " + Examples.FLOW + ", but java.io.IOException: ");
        PretendedProduct gone = new PretendedProduct((request, to) -> to.close());
        gone.close();
        assertThatThrownBy(() -> ask(gone, Examples.COMMIT, LONG))
                .cause()
                .isInstanceOf(NoAnswerException.class)
                .hasMessageStartingWith(ASKED + "java.net.ConnectException");
    }

    @Test
    void closedClient_givesNoAnswer() throws IOException {
        client.close();
        try (PretendedProduct pretended = new PretendedProduct(signed(200, COMMITTED))) {
            assertThatThrownBy(() -> ask(pretended, Examples.COMMIT, LONG))
                    .cause()
                    .isInstanceOf(NoAnswerException.class);
        }
    }
}
