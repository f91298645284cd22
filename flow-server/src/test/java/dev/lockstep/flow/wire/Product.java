package dev.lockstep.flow.wire;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.flow.trust.Peer;
import dev.lockstep.flow.trust.Signatures;
import dev.lockstep.flow.trust.TwoNodes;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The node product with its listener, and what the node client needs to ask it. */
final class Product implements AutoCloseable {

    /** So that a test need not wait long for what is cut. */
    static final Duration SHORT = Duration.ofMillis(700);

    final TwoNodes nodes;
    final Signatures ofClient;
    final Peer address;
    final WireListener listener;
    final WireClient client;
    private final List<Socket> sockets = new ArrayList<>();

    Product(Path folder, int connectionsMax, Duration arrivalLimit, Inbox inbox) throws IOException {
        nodes = new TwoNodes(folder);
        Tls none = Tls.from(Map.of());
        listener = new WireListener(
                new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                false,
                Signatures.ofProtocol(nodes.product(), nodes.productClock),
                inbox,
                none,
                arrivalLimit,
                connectionsMax);
        ofClient = Signatures.ofProtocol(nodes.client(), nodes.clientClock);
        Peer peer = nodes.client().named("product").orElseThrow();
        address = new Peer(
                peer.name(), peer.application(), URI.create("http://127.0.0.1:" + listener.port()), peer.keys());
        client = new WireClient(ofClient, none);
    }

    Reply ask(Message message) {
        return client.send(address, message, Duration.ofSeconds(5))
                .toCompletableFuture()
                .join();
    }

    /** Signs a message by hand, as bytes of HTTP/1.1. */
    String signed(String method, String path, String body) {
        String signature = ofClient.sign(address, method, path, Map.of(), Signatures.digest(body.getBytes(ISO_8859_1)))
                .header();
        return request(method, path, "Lockstep-Signature: " + signature + "\r\n", body);
    }

    static String request(String method, String path, String headers, String body) {
        return method + " " + path + " HTTP/1.1\r\nHost: product\r\n" + headers + "Content-Length: " + body.length()
                + "\r\n\r\n" + body;
    }

    Socket connect() throws IOException {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), listener.port());
        socket.setSoTimeout(10_000);
        sockets.add(socket);
        return socket;
    }

    Socket send(String bytes) throws IOException {
        Socket socket = connect();
        socket.getOutputStream().write(bytes.getBytes(ISO_8859_1));
        return socket;
    }

    /** Sends bytes, and reads all until the connection ends. */
    String exchange(String bytes) throws IOException {
        return new String(send(bytes).getInputStream().readAllBytes(), ISO_8859_1);
    }

    /** All but the date. */
    static String readAnswer(Socket socket) throws IOException {
        StringBuilder answer = new StringBuilder();
        while (answer.indexOf("}") < 0) {
            int next = socket.getInputStream().read();
            assertThat(next).as(answer.toString()).isNotNegative();
            answer.append((char) next);
        }
        return answer.toString().replaceFirst("Date: [^\r]*\r\n", "");
    }

    @Override
    public void close() throws IOException {
        for (Socket socket : sockets) {
            socket.close();
        }
        client.close();
        listener.close();
    }
}
