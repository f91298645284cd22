package dev.lockstep.flow.trust;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lockstep.flow.trust.PeersFolder.Server;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What servers that are started together know of each other. */
class PeersFolderTest {

    @TempDir
    Path folder;

    private PeersFolder peers;

    @BeforeEach
    void open() {
        peers = new PeersFolder(folder);
    }

    @Test
    void eachTwoServers_haveAKeyOfTheirOwn() throws IOException {
        peers.write(List.of(server("a", 1), server("b", 2), server("c", 3)));
        assertThat(key("a", "b")).isEqualTo(key("b", "a"));
        assertThat(key("a", "c")).isEqualTo(key("c", "a"));
        assertThat(key("b", "c")).isEqualTo(key("c", "b"));
        assertThat(List.of(text("a", "b"), text("a", "c"), text("b", "c"))).doesNotHaveDuplicates();
        assertThat(Peers.open(peers.fileOf("a"), "a").self().protocol()).isEqualTo(URI.create("http://127.0.0.1:8401"));
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(peers.fileOf("a"))))
                .isEqualTo("rw-------");
    }

    @Test
    void nextStart_keepsTheKeys_withOtherAddressesAndAFurtherServer() throws IOException {
        peers.write(List.of(server("a", 1), server("b", 2)));
        byte[] key = key("a", "b");
        peers.write(List.of(server("a", 7), server("b", 8), server("c", 9)));
        assertThat(key("a", "b")).isEqualTo(key).isEqualTo(key("b", "a"));
        assertThat(Peers.open(peers.fileOf("b"), "b").named("a").orElseThrow().application())
                .isEqualTo(URI.create("http://127.0.0.1:8307"));
        assertThat(key("c", "a")).isEqualTo(key("a", "c"));
    }

    /** A server's file was lost, so nobody knows what it signed with. */
    @Test
    void keyThatOneServerHasLost_isMadeAnew() throws IOException {
        peers.write(List.of(server("a", 1), server("b", 2)));
        byte[] lost = key("a", "b");
        Files.delete(peers.fileOf("b"));
        peers.write(List.of(server("a", 1), server("b", 2)));
        assertThat(key("a", "b")).isNotEqualTo(lost).isEqualTo(key("b", "a"));
    }

    @Test
    void faultyFile_isRefused_andStays() throws IOException {
        peers.write(List.of(server("a", 1), server("b", 2)));
        Files.writeString(peers.fileOf("b"), "b = nowhere\n");
        assertThatThrownBy(() -> peers.write(List.of(server("a", 1), server("b", 2))))
                .isInstanceOf(PeersFileException.class)
                .hasMessageContaining("b.peers")
                .hasMessageContaining("line 1");
        assertThat(Files.readString(peers.fileOf("b"))).isEqualTo("b = nowhere\n");
    }

    private byte[] key(String of, String with) throws IOException {
        return Peers.open(peers.fileOf(of), of).named(with).orElseThrow().keys().get(0);
    }

    private String text(String of, String with) throws IOException {
        return Base64.getEncoder().encodeToString(key(of, with));
    }

    private static Server server(String name, int number) {
        return new Server(
                name, URI.create("http://127.0.0.1:830" + number), URI.create("http://127.0.0.1:840" + number));
    }
}
