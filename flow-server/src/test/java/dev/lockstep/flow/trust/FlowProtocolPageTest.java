package dev.lockstep.flow.trust;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The signed examples of {@code docs/flow-protocol.md}: two requests of the client to product, each with its answer. */
class FlowProtocolPageTest {

    private static final Pattern EXAMPLE = Pattern.compile("(?s)```http\n(.*?)```\\s+```fields\n(.*?)\n```");

    @TempDir
    private Path folder;

    private TwoNodes nodes;
    private List<MatchResult> examples;

    @BeforeEach
    void read() throws IOException {
        nodes = new TwoNodes(folder);
        String page = Files.readString(Path.of("../docs/flow-protocol.md"));
        assertThat(page).contains(TwoNodes.KEY);
        examples = EXAMPLE.matcher(page).results().toList();
        assertThat(examples).hasSize(4);
    }

    /** An HTTP message of the page. */
    private record Example(List<String> line, Map<String, String> headers, String body) {

        Example(String text) {
            this(List.of(text.lines().findFirst().orElseThrow().split(" ", -1)), new HashMap<>(), after(text));
            text.lines()
                    .skip(1)
                    .takeWhile(header -> !header.isEmpty())
                    .forEach(header -> headers.put(
                            header.substring(0, header.indexOf(':')).toLowerCase(Locale.ROOT),
                            header.substring(header.indexOf(':') + 2)));
        }

        private static String after(String text) {
            int head = text.indexOf("\n\n");
            return head < 0 ? "" : text.substring(head + 2).strip();
        }

        byte[] digest() {
            return Signatures.digest(body.getBytes(UTF_8));
        }
    }

    /** Without a line of our code, as another implementation would. */
    @Test
    void macs_areThoseOfTheFields() throws Exception {
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(Base64.getUrlDecoder().decode(TwoNodes.KEY), "HmacSHA256"));
        for (MatchResult example : examples) {
            assertThat(example.group(1))
                    .contains("; mac="
                            + Base64.getUrlEncoder()
                                    .withoutPadding()
                                    .encodeToString(mac.doFinal(example.group(2).getBytes(UTF_8)))
                            + "\n");
        }
    }

    @Test
    void workExample_isAccepted() throws Exception {
        exchange(
                Signatures.ofWork(nodes.product(), nodes.productClock, Signatures.WINDOW),
                Signatures.ofWork(nodes.client(), nodes.clientClock, Signatures.WINDOW),
                0);
    }

    @Test
    void messageExample_isAccepted() throws Exception {
        exchange(
                Signatures.ofProtocol(nodes.product(), nodes.productClock),
                Signatures.ofProtocol(nodes.client(), nodes.clientClock),
                2);
    }

    private void exchange(Signatures product, Signatures client, int index) throws Exception {
        Example request = new Example(examples.get(index).group(1));
        Received received = product.verify(request.line.get(0), request.line.get(1), request.headers, request.digest());
        assertThat(received.from()).hasToString("client");
        Example answer = new Example(examples.get(index + 1).group(1));
        Peer peer = nodes.client().named("product").orElseThrow();
        Map<String, String> anyCase = Map.of("Lockstep-Signature", request.headers.get("lockstep-signature"));
        Sent sent = new Sent(peer, Signature.in(anyCase), peer.keys().get(0));
        byte[] digest = answer.body.isEmpty() ? Signatures.NO_DIGEST : answer.digest();
        client.verifyAnswer(sent, Integer.parseInt(answer.line.get(1)), answer.headers, digest);
    }
}
