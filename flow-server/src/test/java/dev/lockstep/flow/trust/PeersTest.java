package dev.lockstep.flow.trust;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PeersTest {

    @TempDir
    private Path folder;

    private TwoNodes nodes;

    @BeforeEach
    void write() throws IOException {
        nodes = new TwoNodes(folder);
    }

    @Test
    void file_tellsThisNodeAndItsPeers() throws IOException {
        Peers peers = nodes.product();
        assertThat(peers.self().name()).isEqualTo("product");
        assertThat(peers.self().keys()).isEmpty();
        assertThat(peers.all()).extracting(Peer::name).containsExactly("client");
        assertThat(peers.named("product")).isEmpty();
        assertThat(peers.named("client").orElseThrow().protocol()).hasPort(8491);
        assertThat(peers.named("client").orElseThrow()).hasToString("client");
    }

    @Test
    void withoutTheSetting_thereAreNoPeers() throws IOException {
        assertThat(Peers.from(Map.of())).isEmpty();
        assertThat(Peers.from(Map.of(Peers.FILE, nodes.clientFile.toString(), Peers.NODE, "client")))
                .isPresent();
    }

    @Test
    void eachFault_isToldWithItsLine() throws IOException {
        TwoNodes.write(
                nodes.productFile,
                String.join(
                        "\n",
                        "a b = http://x:1 | http://127.0.0.1:1 | " + TwoNodes.KEY,
                        "client",
                        "order = ftp://order | http://127.0.0.1:8493/path | " + TwoNodes.KEY,
                        "order = http://order | http://127.0.0.1:8493 | " + TwoNodes.KEY,
                        "stock = http://stock | http://192.168.10.1:8490 | " + TwoNodes.KEY,
                        "depot = http://stock | http://127.0.0.1:8494 | short",
                        "shop = http://shop | http://127.0.0.1:8495",
                        "till = http://till | http://127.0.0.1:8496 | " + TwoNodes.OTHER_KEY + " "
                                + TwoNodes.OTHER_KEY));
        assertThatThrownBy(nodes::product)
                .isInstanceOf(PeersFileException.class)
                .hasMessage(String.join(
                        "; ",
                        "The peers file " + nodes.productFile
                                + " cannot be used: line 1: the name must be 1 to 32 letters, digits, dots, dashes or underscores",
                        "line 2 must be 'name = application address | protocol address | key [key]'",
                        "line 3, node 'order': the application address must be like https://host:port",
                        "line 3, node 'order': the protocol address must have no path",
                        "line 4: node 'order' has a line already",
                        "line 5, node 'stock': its key is also that of node 'order'",
                        "line 5, node 'stock': the protocol address must be https, since 192.168.10.1 is not loopback",
                        "line 6, node 'depot': a key must be 43 characters of Base64url, which are 32 bytes",
                        "line 6, node 'depot': its application address is also that of node 'stock'",
                        "line 7, node 'shop' has 0 keys, must have one, or two while they are changed",
                        "line 8, node 'till': its two keys are the same",
                        "there is no line of this node, 'product' (LOCKSTEP_FLOW_NODE)"));
    }

    @Test
    void ownKey_isAFault() throws IOException {
        TwoNodes.write(nodes.clientFile, "client = http://c | http://127.0.0.1:1 | " + TwoNodes.KEY);
        assertThatThrownBy(nodes::client)
                .hasMessageEndingWith(
                        "line 1, node 'client': this node's own line has no key, since a key is of two nodes");
    }

    @Test
    void fileThatOthersMayRead_isRefused() throws IOException {
        Files.setPosixFilePermissions(nodes.clientFile, PosixFilePermissions.fromString("rw-r-----"));
        assertThatThrownBy(nodes::client)
                .hasMessageEndingWith("its owner alone may read it, but its permissions are rw-r-----: chmod 600 "
                        + nodes.clientFile);
    }

    @Test
    void fileThatIsNone_isRefused() throws IOException {
        Files.writeString(nodes.clientFile, "é", StandardCharsets.ISO_8859_1);
        assertThatThrownBy(nodes::client).hasMessageEndingWith("it is not in UTF-8");
        Files.writeString(nodes.clientFile, "#".repeat(PeersFile.BYTES_MAX + 1));
        assertThatThrownBy(nodes::client).hasMessageEndingWith("it has 65537 bytes, at most 65536 are allowed");
        Files.delete(nodes.clientFile);
        assertThatThrownBy(nodes::client)
                .hasMessageContaining("it cannot be read: java.nio.file.NoSuchFileException: " + nodes.clientFile);
    }

    @Test
    void nodeWithoutAName_isRefused() {
        assertThatThrownBy(() -> Peers.from(Map.of(Peers.FILE, nodes.clientFile.toString())))
                .hasMessageEndingWith(
                        "LOCKSTEP_FLOW_NODE= must be 1 to 32 letters, digits, dots, dashes or underscores:"
                                + " which line is this node's");
    }

    @ParameterizedTest
    @CsvSource({
        "http://127.0.0.1:8002/shop, true",
        "http://127.0.0.1:8002/shop/stock?n=1, true",
        "HTTP://127.0.0.1:8002/shop/, true",
        "http://127.0.0.1:8002/shopping, false",
        "http://127.0.0.1:8002/shop/../admin, false",
        "http://127.0.0.1:8002/, false",
        "http://127.0.0.1:8003/shop, false",
        "https://127.0.0.1:8002/shop, false",
        "http://127.0.0.1:8002@evil.example/shop, false",
        "http://127.0.0.1:8002.evil.example/shop, false",
        "/shop, false",
        "mailto:a@b, false",
    })
    void address_isAPeersOnlyBelowItsApplications(String target, boolean isPeer) throws IOException {
        assertThat(nodes.client().at(URI.create(target)).isPresent()).isEqualTo(isPeer);
    }

    @Test
    void address_isThatOfTheLongestApplication() throws IOException {
        TwoNodes.write(
                nodes.clientFile,
                "client = http://c | http://127.0.0.1:1\n"
                        + "outer = http://h/ | http://127.0.0.1:2 | " + TwoNodes.KEY + "\n"
                        + "inner = http://h:80/shop | http://127.0.0.1:3 | " + TwoNodes.OTHER_KEY);
        Peers peers = nodes.client();
        assertThat(peers.at(URI.create("http://h/shop/a"))).get().hasToString("inner");
        assertThat(peers.at(URI.create("http://h:80/a"))).get().hasToString("outer");
        assertThat(peers.at(URI.create("http://h"))).get().hasToString("outer");
    }

    @Test
    void changedFile_isReadAgain() throws IOException {
        Peers peers = nodes.client();
        nodes.writeClient(TwoNodes.OTHER_KEY + " " + TwoNodes.KEY);
        assertThat(peers.named("product").orElseThrow().keys()).hasSize(1);
        nodes.pass(Duration.ofSeconds(1));
        assertThat(peers.named("product").orElseThrow().keys()).hasSize(2);
        assertThat(peers.fault()).isEmpty();
    }

    @Test
    void faultyNewFile_leavesTheOldInUse() throws IOException {
        Peers peers = nodes.client();
        nodes.writeClient("short");
        nodes.pass(Duration.ofSeconds(1));
        assertThat(peers.named("product").orElseThrow().keys()).hasSize(1);
        assertThat(peers.fault()).get().asString().contains("line 2, node 'product': a key must be 43 characters");
        Files.delete(nodes.clientFile);
        nodes.pass(Duration.ofSeconds(1));
        assertThat(peers.fault()).get().asString().contains("NoSuchFileException");
        nodes.writeClient(TwoNodes.KEY);
        nodes.pass(Duration.ofSeconds(1));
        assertThat(peers.fault()).isEmpty();
    }

    @Test
    void ownProtocolAddress_doesNotChangeWhileItRuns() throws IOException {
        Peers peers = nodes.client();
        TwoNodes.write(nodes.clientFile, "client = http://127.0.0.1:8001 | http://127.0.0.1:9999\n");
        nodes.pass(Duration.ofSeconds(1));
        assertThat(peers.fault()).get().asString().endsWith("cannot change while it runs: start it anew");
        assertThat(peers.named("product")).isPresent();
    }
}
