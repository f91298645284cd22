package dev.lockstep.flow.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lockstep.flow.trust.Peer;
import dev.lockstep.flow.trust.Peers;
import dev.lockstep.flow.trust.Signatures;
import dev.lockstep.flow.trust.TwoNodes;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The listener with a certificate that it signed itself. */
@Timeout(60)
class TlsTest {

    @TempDir
    private Path folder;

    private TwoNodes nodes;

    @BeforeEach
    void write() throws IOException {
        nodes = new TwoNodes(folder);
    }

    /** Made with {@code keytool -genkeypair -keyalg EC -dname CN=product -ext san=ip:127.0.0.1 -validity 36500}. */
    private static String resource(String name) {
        return Path.of("src/test/resources/dev/lockstep/flow/wire", name).toString();
    }

    @Test
    void message_goesOverTls() throws Exception {
        Tls ofClient = Tls.from(Map.of(Tls.CERTIFICATES, resource("product.pem")));
        Signatures signatures = Signatures.ofProtocol(nodes.client(), nodes.clientClock);
        try (WireListener listener = listen(Visitors.ARRIVAL_LIMIT);
                WireClient client = new WireClient(signatures, ofClient);
                WireClient stranger = new WireClient(signatures, Tls.from(Map.of()))) {
            Peer known = nodes.client().named("product").orElseThrow();
            Peer product = new Peer(
                    known.name(),
                    known.application(),
                    URI.create("https://127.0.0.1:" + listener.port()),
                    known.keys());
            assertThat(client.send(product, Examples.COMMIT, Duration.ofSeconds(20))
                            .toCompletableFuture()
                            .join())
                    .isEqualTo(Examples.COMMITTED);
            assertThatThrownBy(() -> stranger.send(product, Examples.COMMIT, Duration.ofSeconds(20))
                            .toCompletableFuture()
                            .join())
                    .cause()
                    .isInstanceOf(NoAnswerException.class)
                    .hasMessageContaining("SSLHandshakeException");
        }
    }

    private WireListener listen(Duration arrivalLimit) throws IOException {
        return new WireListener(
                new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                true,
                Signatures.ofProtocol(nodes.product(), nodes.productClock),
                (from, message) -> CompletableFuture.completedFuture(Examples.COMMITTED),
                Tls.from(Map.of(Tls.KEYSTORE, resource("product.p12"), Tls.PASSWORD_FILE, resource("password"))),
                arrivalLimit,
                10);
    }

    @Test
    void handshakeThatStallsOrIsNone_isCut() throws IOException {
        try (WireListener listener = listen(Duration.ofMillis(500))) {
            for (String bytes :
                    List.of("", "GET / HTTP/1.1\r\nHost: x\r\n\r\n", "\u0016\u0003\u0001\u0002\u0000\u0001")) {
                try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), listener.port())) {
                    socket.setSoTimeout(20_000);
                    socket.getOutputStream().write(bytes.getBytes(StandardCharsets.ISO_8859_1));
                    assertThat(new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1))
                            .doesNotContain("HTTP");
                }
            }
        }
    }

    @Test
    void httpsWithoutACertificate_doesNotOpen() throws IOException {
        assertThatThrownBy(() -> open("https://127.0.0.1:8492"))
                .isInstanceOf(IOException.class)
                .hasMessage(
                        "The flow's listener cannot open at https://127.0.0.1:8492: https needs LOCKSTEP_FLOW_KEYSTORE");
    }

    /** The peers file refuses an address that is not loopback's; a name is looked up only here. */
    @Test
    void hostThatIsNotKnown_doesNotOpen() {
        assertThatThrownBy(() -> open("https://no-such-host.invalid:8492"))
                .hasMessage(
                        "The flow's listener cannot open at https://no-such-host.invalid:8492: the host is not known");
    }

    private void open(String address) throws IOException {
        Path file = folder.resolve("own.peers");
        Files.copy(folder.resolve("product.peers"), file, StandardCopyOption.COPY_ATTRIBUTES);
        Files.writeString(file, "product = http://127.0.0.1:8002 | " + address + "\n");
        Peers peers = Peers.open(file, "product");
        WireListener.open(
                        peers,
                        Signatures.ofProtocol(peers, nodes.productClock),
                        (from, message) -> CompletableFuture.failedFuture(new IOException()),
                        Tls.from(Map.of()))
                .close();
    }

    @Test
    void settingsThatCannotBeUsed_areNamed() throws IOException {
        Path nothing = folder.resolve("nothing");
        assertThatThrownBy(() -> Tls.from(Map.of(Tls.KEYSTORE, nothing.toString())))
                .hasMessage(
                        "LOCKSTEP_FLOW_KEYSTORE and LOCKSTEP_FLOW_KEYSTORE_PASSWORD_FILE must both be set, or neither");
        assertThatThrownBy(
                        () -> Tls.from(Map.of(Tls.KEYSTORE, nothing.toString(), Tls.PASSWORD_FILE, nothing.toString())))
                .hasMessageStartingWith(
                        "LOCKSTEP_FLOW_KEYSTORE=" + nothing + " must be a PKCS #12 file with the password in");
        assertThatThrownBy(() -> Tls.from(Map.of(Tls.CERTIFICATES, nothing.toString())))
                .hasMessageStartingWith(
                        "LOCKSTEP_FLOW_CERTIFICATES=" + nothing + " must be a file of certificates in PEM: ");
        Files.writeString(nothing, "");
        assertThatThrownBy(() -> Tls.from(Map.of(Tls.CERTIFICATES, nothing.toString())))
                .hasMessageEndingWith("must be a file of certificates in PEM: it has none");
    }
}
