package dev.lockstep.flow.trust;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An operator at the client, and one at product. */
class FlowKeyTest {

    @TempDir
    private Path folder;

    private String atClient(String... arguments) throws IOException {
        return run("client", arguments);
    }

    private String atProduct(String... arguments) throws IOException {
        return run("product", arguments);
    }

    private String run(String node, String... arguments) throws IOException {
        List<String> all = new ArrayList<>(List.of(arguments));
        all.add(1, file(node).toString());
        return FlowKey.run(all, node);
    }

    private Path file(String node) {
        return folder.resolve(node + ".peers");
    }

    private List<byte[]> keys(String node, String peer) throws IOException {
        return Peers.open(file(node), node).named(peer).orElseThrow().keys();
    }

    private void pair() throws IOException {
        atClient("self", "http://client:8080", "https://client:8490");
        atProduct("self", "http://product:8080/shop", "https://product:8490");
        String printed = atClient("add", "product", "http://product:8080/shop", "https://product:8490");
        assertThat(printed)
                .startsWith("Written. The file of 'product' needs this line:\nclient = http://client:8080 | ");
        String line = printed.lines().skip(1).findFirst().orElseThrow();
        Files.writeString(file("product"), Files.readString(file("product")) + "# the client\n" + line + "\n");
    }

    @Test
    void add_makesAPairOfLines() throws IOException {
        pair();
        assertThat(keys("client", "product")).hasSize(1);
        assertThat(keys("product", "client")).containsExactlyElementsOf(keys("client", "product"));
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file("client"))))
                .isEqualTo("rw-------");
        assertThat(atClient("list"))
                .startsWith(
                        "client = http://client:8080 | https://client:8490 | \nproduct = http://product:8080/shop | ")
                .doesNotContain(Base64.getUrlEncoder()
                        .encodeToString(keys("client", "product").get(0)));
        assertThat(fingerprint(atClient("list"))).isEqualTo(fingerprint(atProduct("list")));
    }

    private static String fingerprint(String list) {
        return list.replaceAll("(?s).*\\| ([0-9a-f]{16})\n.*", "$1");
    }

    @Test
    void key_isChangedInThreeSteps() throws IOException {
        pair();
        byte[] older = keys("client", "product").get(0);
        String accept =
                atClient("rotate", "product").lines().skip(1).findFirst().orElseThrow();
        String key = accept.substring(accept.lastIndexOf(' ') + 1);
        byte[] newer = Base64.getUrlDecoder().decode(key);
        assertThat(accept).isEqualTo("at 'product': flow-key accept FILE client " + key);
        assertThat(keys("client", "product")).containsExactly(older, newer);
        atProduct("accept", "client", key);
        atClient("use", "product");
        assertThat(keys("client", "product")).containsExactly(newer, older);
        atProduct("use", "client");
        atClient("drop", "product");
        atProduct("drop", "client");
        assertThat(keys("client", "product")).containsExactly(newer);
        assertThat(keys("product", "client")).containsExactly(newer);
        assertThat(Files.readString(file("product"))).contains("# the client\n");
    }

    @Test
    void wrongStep_isRefusedAndChangesNothing() throws IOException {
        pair();
        String before = Files.readString(file("client"));
        assertThatThrownBy(() -> atClient("use", "product"))
                .hasMessageEndingWith("'product' has 1 keys, must have 2 for this step");
        assertThatThrownBy(() -> atClient("rotate", "client")).hasMessageEndingWith("there is no peer 'client'");
        assertThatThrownBy(() -> atClient("drop", "stranger")).hasMessageEndingWith("there is no peer 'stranger'");
        assertThatThrownBy(() -> atClient("accept", "product", "short"))
                .hasMessageContaining("a key must be 43 characters");
        assertThatThrownBy(() -> atClient("add", "order", "http://order", "http://order:8490"))
                .hasMessageEndingWith(
                        "line 3, node 'order': the protocol address must be https, since order is not loopback");
        assertThatThrownBy(() -> atClient("self", "http://a", "https://a")).hasMessageEndingWith("it is there already");
        assertThat(Files.readString(file("client"))).isEqualTo(before);
    }

    @Test
    void otherWords_getTheUsage() {
        assertThatThrownBy(() -> FlowKey.run(List.of("list"), "client")).hasMessage(FlowKey.USAGE);
        assertThatThrownBy(() -> FlowKey.run(List.of("add", "file", "a"), "client"))
                .hasMessage(FlowKey.USAGE);
    }
}
