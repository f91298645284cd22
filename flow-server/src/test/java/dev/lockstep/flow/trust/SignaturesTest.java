package dev.lockstep.flow.trust;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lockstep.flow.trust.NotTrustedException.Reason;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The client calls product. */
class SignaturesTest {

    private static final byte[] BODY = Signatures.digest("hello".getBytes(StandardCharsets.UTF_8));
    private static final Map<String, String> FLOW =
            Map.of("Lockstep-Flow", "5d1f", "Lockstep-Flow-Call", "caller=client; n=1; timeout=20000");
    private static final Map<String, String> JOINED =
            Map.of("Lockstep-Flow-Answer", "handle=7e; node=product", "Lockstep-Flow-Databases", "product.1.2.3@MQ");

    @TempDir
    private Path folder;

    private TwoNodes nodes;
    private Signatures client;
    private Signatures product;
    private Peer toProduct;

    @BeforeEach
    void trust() throws IOException {
        nodes = new TwoNodes(folder);
        client = Signatures.ofWork(nodes.client(), nodes.clientClock, Signatures.WINDOW);
        product = Signatures.ofWork(nodes.product(), nodes.productClock, Signatures.WINDOW, 3, nodes.ticker::get);
        toProduct = nodes.client().named("product").orElseThrow();
    }

    private Sent sign() {
        return client.sign(toProduct, "POST", "/stock/1/decrease?n=1", FLOW, BODY);
    }

    private Received verify(Sent sent) throws NotTrustedException {
        return product.verify("POST", "/stock/1/decrease?n=1", with(FLOW, sent.header()), BODY);
    }

    private static Map<String, String> with(Map<String, String> headers, String signature) {
        Map<String, String> all = new HashMap<>();
        headers.forEach((name, value) -> all.put(name.toLowerCase(Locale.ROOT), value));
        all.put("lockstep-signature", signature);
        return all;
    }

    private static void assertRefused(ThrowingCallable verification, Reason reason, String text) {
        assertThatThrownBy(verification)
                .hasMessage(text)
                .isInstanceOfSatisfying(NotTrustedException.class, refusal -> assertThat(refusal.reason())
                        .isEqualTo(reason));
    }

    @Test
    void signedCall_isAcceptedAndAnswered() throws NotTrustedException {
        Sent sent = sign();
        Received received = verify(sent);
        assertThat(received.from()).hasToString("client");
        assertThat(received.skew()).isZero();
        String answer = product.answer(received, 200, JOINED, Signatures.NO_DIGEST);
        client.verifyAnswer(sent, 200, with(JOINED, answer), Signatures.NO_DIGEST);
    }

    @Test
    void signatureIsMissing() {
        assertRefused(
                () -> product.verify("GET", "/", Map.of(), BODY),
                Reason.UNSIGNED,
                "The header Lockstep-Signature is missing");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "node=client",
                "node=client; time=1; nonce=AAAAAAAAAAAAAAAAAAAAAA; mac=AAAA",
                "node=; time=1; nonce=AAAAAAAAAAAAAAAAAAAAAA; mac=AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
                "node=client; time=-1; nonce=AAAAAAAAAAAAAAAAAAAAAA; mac=AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
                "node=client; time=1; nonce=A; mac=AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
                "node=client; time=1; nonce=AAAAAAAAAAAAAAAAAAAAAA; mac=AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA, twice",
            })
    void signatureIsMalformed(String header) {
        assertRefused(
                () -> product.verify("GET", "/", with(FLOW, header), BODY),
                Reason.MALFORMED,
                "The header Lockstep-Signature must be"
                        + " 'node=<name>; time=<milliseconds>; nonce=<22 of Base64url>; mac=<43 of Base64url>'");
    }

    @Test
    void nodeIsUnknown() {
        String header = sign().header().replace("node=client", "node=stranger");
        assertRefused(
                () -> product.verify("POST", "/stock/1/decrease?n=1", with(FLOW, header), BODY),
                Reason.UNKNOWN_NODE,
                "Node 'stranger' is not in this server's peers file");
    }

    @Test
    void ownName_isNoPeers() {
        String header = sign().header().replace("node=client", "node=product");
        assertRefused(
                () -> product.verify("POST", "/stock/1/decrease?n=1", with(FLOW, header), BODY),
                Reason.UNKNOWN_NODE,
                "Node 'product' is not in this server's peers file");
    }

    @Test
    void keyIsAnother() throws IOException {
        nodes.writeClient(TwoNodes.OTHER_KEY);
        nodes.pass(Duration.ofSeconds(1));
        Sent sent =
                client.sign(nodes.client().named("product").orElseThrow(), "POST", "/stock/1/decrease?n=1", FLOW, BODY);
        assertRefused(
                () -> verify(sent),
                Reason.WRONG_MAC,
                "The signature of node 'client' does not match: the keys differ, or the request was altered");
    }

    @Test
    void whatIsAltered_isRefused() {
        Map<String, String> signed = with(FLOW, sign().header());
        byte[] otherBody = Signatures.digest(new byte[0]);
        String path = "/stock/1/decrease?n=1";
        String time = Long.toString(TwoNodes.NOON.toEpochMilli());
        assertAltered(() -> product.verify("PUT", path, signed, BODY));
        assertAltered(() -> product.verify("POST", "/stock/1/decrease?n=2", signed, BODY));
        assertAltered(() -> product.verify("POST", path, signed, otherBody));
        assertAltered(() -> product.verify("POST", path, changed(signed, "lockstep-flow", "5d1f", "5d10"), BODY));
        assertAltered(() -> product.verify("POST", path, changed(signed, "lockstep-flow-call", "n=1", "n=2"), BODY));
        assertAltered(() -> product.verify("POST", path, changed(signed, "lockstep-flow-call", ".*", ""), BODY));
        assertAltered(
                () -> product.verify("POST", path, changed(signed, "lockstep-signature", time, "1795887224001"), BODY));
        assertAltered(() ->
                product.verify("POST", path, changed(signed, "lockstep-signature", "nonce=..", "nonce=AA"), BODY));
        assertAltered(
                () -> product.verify("POST", path, changed(signed, "lockstep-signature", "mac=..", "mac=AA"), BODY));
    }

    private static void assertAltered(ThrowingCallable verification) {
        assertRefused(
                verification,
                Reason.WRONG_MAC,
                "The signature of node 'client' does not match: the keys differ, or the request was altered");
    }

    private static Map<String, String> changed(Map<String, String> headers, String name, String from, String to) {
        Map<String, String> changed = new HashMap<>(headers);
        changed.computeIfPresent(name, (same, value) -> value.replaceFirst(from, to));
        assertThat(changed).isNotEqualTo(headers);
        return changed;
    }

    /** As text one after the other they would be the same. */
    @Test
    void byteThatMovesToTheNextField_isSeen() {
        byte[] key = new byte[32];
        assertThat(new Framed().add("ab").add("c").mac(key))
                .isNotEqualTo(new Framed().add("a").add("bc").mac(key));
        assertThat(new Framed().add("a").add("").mac(key))
                .isNotEqualTo(new Framed().add("").add("a").mac(key));
        assertThat(new Framed().add("1:a,").mac(key))
                .isNotEqualTo(new Framed().add("a").mac(key));
        assertThat(new Framed().add("a,b").mac(key))
                .isNotEqualTo(new Framed().add("a").add("b").mac(key));
        assertThat(new Framed().add("a,1:b").mac(key))
                .isNotEqualTo(new Framed().add("a").add("b").mac(key));
        Sent sent =
                client.sign(toProduct, "POST", "/a", Map.of("Lockstep-Flow", "xy", "Lockstep-Flow-Call", "z"), BODY);
        Map<String, String> moved = with(Map.of("Lockstep-Flow", "x", "Lockstep-Flow-Call", "yz"), sent.header());
        assertAltered(() -> product.verify("POST", "/a", moved, BODY));
        assertAltered(() -> product.verify("POST/", "a", with(FLOW, sent.header()), BODY));
    }

    @Test
    void clockIsOff() {
        nodes.clientClock.pass(Duration.ofMinutes(-5));
        assertRefused(
                () -> verify(sign()),
                Reason.CLOCK_OFF,
                "The clock of node 'client' is 300 s behind this server's; at most 30 s are allowed");
        nodes.clientClock.pass(Duration.ofMinutes(10));
        assertThatThrownBy(() -> verify(sign()))
                .hasMessage("The clock of node 'client' is 300 s ahead of this server's; at most 30 s are allowed")
                .isInstanceOfSatisfying(NotTrustedException.class, refusal -> assertThat(refusal.skew())
                        .isEqualTo(Duration.ofMinutes(5)));
    }

    @Test
    void clockIsNearlyOff() throws NotTrustedException {
        nodes.productClock.pass(Duration.ofSeconds(30));
        assertThat(verify(sign()).skew()).isEqualTo(Duration.ofSeconds(-30));
        nodes.clientClock.pass(Duration.ofSeconds(60));
        assertThat(verify(sign()).skew()).isEqualTo(Duration.ofSeconds(30));
        nodes.clientClock.pass(Duration.ofMillis(1));
        assertThatThrownBy(() -> verify(sign())).isInstanceOf(NotTrustedException.class);
    }

    @Test
    void callIsReplayed() throws NotTrustedException {
        Sent sent = sign();
        verify(sent);
        nodes.ticker.addAndGet(Duration.ofSeconds(59).toNanos());
        String nonce = sent.header().replaceFirst(".*nonce=(.{22}).*", "$1");
        assertRefused(
                () -> verify(sent),
                Reason.REPLAYED,
                "The nonce " + nonce + " of node 'client' has been used: sign each request anew");
    }

    /** Scenario: a signature 30 s ahead is accepted at once, and sent again at the last moment of its window. */
    @Test
    void callIsReplayedAtTheEndOfItsWindow() throws NotTrustedException {
        nodes.pass(Duration.ofSeconds(59)); // so that a new generation begins in between
        nodes.clientClock.pass(Duration.ofSeconds(30));
        Sent sent = sign();
        verify(sent);
        nodes.pass(Duration.ofSeconds(60));
        assertThatThrownBy(() -> verify(sent))
                .isInstanceOfSatisfying(NotTrustedException.class, refusal -> assertThat(refusal.reason())
                        .isEqualTo(Reason.REPLAYED));
    }

    @Test
    void tooManyNonces() throws NotTrustedException {
        verify(sign());
        verify(sign());
        verify(sign());
        assertRefused(
                () -> verify(sign()),
                Reason.TOO_MANY,
                "Node 'client' has sent more than 3 requests in 60 s: no more nonces are remembered");
        nodes.pass(Duration.ofSeconds(60));
        assertThat(verify(sign()).from()).hasToString("client");
    }

    @Test
    void callIsOlderThanTheProcess() throws IOException {
        Sent sent = sign();
        nodes.productClock.pass(Duration.ofSeconds(5));
        Signatures restarted = Signatures.ofWork(nodes.product(), nodes.productClock, Signatures.WINDOW);
        assertRefused(
                () -> restarted.verify("POST", "/stock/1/decrease?n=1", with(FLOW, sent.header()), BODY),
                Reason.OLDER_THAN_PROCESS,
                "Node 'client' signed this before this server was started, which knows no nonces of that time");
    }

    @Test
    void answerIsNotToThisCall() throws NotTrustedException {
        Sent sent = sign();
        Received other = verify(sign());
        String answer = product.answer(other, 200, JOINED, Signatures.NO_DIGEST);
        assertRefused(
                () -> client.verifyAnswer(sent, 200, with(JOINED, answer), Signatures.NO_DIGEST),
                Reason.OTHER_REQUEST,
                "Node 'product' has answered another request");
        assertRefused(
                () -> client.verifyAnswer(
                        sent, 200, with(JOINED, answer.replace("node=product", "node=order")), Signatures.NO_DIGEST),
                Reason.UNKNOWN_NODE,
                "Node 'order' has signed the answer, but 'product' was asked");
    }

    @Test
    void answerIsAltered() throws NotTrustedException {
        Sent sent = sign();
        Map<String, String> signed = with(JOINED, product.answer(verify(sent), 200, JOINED, Signatures.NO_DIGEST));
        String text = "The signature of the answer of node 'product' does not match: it was altered";
        assertRefused(() -> client.verifyAnswer(sent, 201, signed, Signatures.NO_DIGEST), Reason.WRONG_MAC, text);
        assertRefused(() -> client.verifyAnswer(sent, 200, signed, BODY), Reason.WRONG_MAC, text);
        assertRefused(
                () -> client.verifyAnswer(
                        sent,
                        200,
                        changed(signed, "lockstep-flow-databases", "product.1", "product.2"),
                        Signatures.NO_DIGEST),
                Reason.WRONG_MAC,
                text);
        assertRefused(
                () -> client.verifyAnswer(
                        sent,
                        200,
                        changed(signed, "lockstep-flow-answer", "handle=7e", "handle=7f"),
                        Signatures.NO_DIGEST),
                Reason.WRONG_MAC,
                text);
    }

    /** Else who sees a call could send it to the protocol, or the other way. */
    @Test
    void call_isNoMessage() throws IOException {
        Signatures protocol = Signatures.ofProtocol(nodes.product(), nodes.productClock);
        Map<String, String> signed = with(
                Map.of(), client.sign(toProduct, "POST", "/x", Map.of(), BODY).header());
        assertAltered(() -> protocol.verify("POST", "/x", signed, BODY));
    }

    /** A server whose clock is off must settle what it has prepared, and messages may be repeated. */
    @Test
    void message_hasNoWindow() throws Exception {
        Signatures asking = Signatures.ofProtocol(nodes.client(), nodes.clientClock);
        Signatures asked = Signatures.ofProtocol(nodes.product(), nodes.productClock);
        nodes.clientClock.pass(Duration.ofDays(-400));
        Sent sent = asking.sign(toProduct, "POST", "/x", Map.of(), BODY);
        asked.verify("POST", "/x", with(Map.of(), sent.header()), BODY);
        Received repeated = asked.verify("POST", "/x", with(Map.of(), sent.header()), BODY);
        assertThat(repeated.skew()).isEqualTo(Duration.ofDays(-400));
        asking.verifyAnswer(sent, 200, with(Map.of(), asked.answer(repeated, 200, Map.of(), BODY)), BODY);
    }

    /** Each step of a key's change at one server, while the other is at the same step or the next. */
    @Test
    void keysChange_withoutARefusal() throws Exception {
        String older = TwoNodes.KEY;
        String newer = TwoNodes.OTHER_KEY;
        String[] steps = {older, older + " " + newer, newer + " " + older, newer};
        for (int step = 1; step < steps.length; step++) {
            nodes.writeProduct(steps[step]);
            assertAnswered();
            nodes.writeClient(steps[step]);
            assertAnswered();
        }
        nodes.writeProduct(older);
        nodes.pass(Duration.ofSeconds(61));
        assertThatThrownBy(this::assertAnswered).isInstanceOf(NotTrustedException.class);
    }

    private void assertAnswered() throws IOException, NotTrustedException {
        nodes.pass(Duration.ofSeconds(61)); // read again; the nonces are few
        Sent sent =
                client.sign(nodes.client().named("product").orElseThrow(), "POST", "/stock/1/decrease?n=1", FLOW, BODY);
        String answer = product.answer(verify(sent), 200, JOINED, Signatures.NO_DIGEST);
        client.verifyAnswer(sent, 200, with(JOINED, answer), Signatures.NO_DIGEST);
    }
}
