package dev.lockstep.flow.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lockstep.flow.server.FlowServer;
import dev.lockstep.flow.trust.Signatures;
import jakarta.transaction.RollbackException;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** F2: what is not a good answer dooms the caller's transaction. */
class DoubtTest {

    private static final byte[] DIGEST = Signatures.digest(new byte[0]);

    @TempDir
    Path folder;

    private Servers servers;
    private Server client;
    private Server orders;
    private Server product;

    @BeforeEach
    void start() throws Exception {
        servers = new Servers(folder);
        client = servers.client;
        orders = servers.orders;
        product = servers.product;
        client.manager().begin();
        client.call(orders, () -> orders.write("order"));
    }

    @AfterEach
    void nothingIsLeft() {
        assertThatThrownBy(client.manager()::commit).isInstanceOf(RollbackException.class);
        servers.awaitNothingOpen();
        assertThat(orders.database().committed()).isEmpty();
        assertThat(orders.database().prepared()).isEmpty();
        assertThat(product.database().committed()).isEmpty();
        assertThat(servers.net.log("Prepare")).isEmpty();
        servers.close();
    }

    @ParameterizedTest
    @ValueSource(ints = {202, 400, 404, 409, 500, 503})
    void status(int status) throws Exception {
        client.call(product, status, () -> product.write("decrease"));
    }

    private FlowServer.OutgoingCall called() throws Exception {
        FlowServer.OutgoingCall call = client.node().call(product.address()).orElseThrow();
        call.headers("POST", "/work", DIGEST);
        return call;
    }

    @Test
    void noAnswer() throws Exception {
        called().unanswered();
    }

    @Test
    void unsignedAnswer() throws Exception {
        called().answered(200, Map.of("lockstep-flow-answer", "handle=x; node=product"));
    }

    /** A proxy's, or of an application without the filter. */
    @Test
    void answerThatDoesNotJoin() throws Exception {
        called().answered(200, Map.of());
    }

    @Test
    void answerToAnotherRequest() throws Exception {
        FlowServer.OutgoingCall first = client.node().call(product.address()).orElseThrow();
        Map<String, String> good = product.serve(first.headers("POST", "/work", DIGEST), 200, () -> {});
        first.answered(200, good);
        called().answered(200, good);
    }

    @Test
    void restartedBetweenTwoCalls() throws Exception {
        client.call(product, () -> product.write("one"));
        product.kill();
        product.start();
        client.call(product, () -> product.write("two"));
    }

    /** Row 4: two clones of one database, or one that was restarted within the flow. */
    @Test
    void databaseWithTwoStarts() throws Exception {
        client.call(product, () -> product.write("one"));
        product.flows().restarted("2");
        client.call(product, () -> product.write("two"));
    }

    @Test
    void callBackThatIsNotAwaited() throws Exception {
        FlowServer.OutgoingCall call = client.node().call(product.address()).orElseThrow();
        Map<String, String> good =
                product.serve(call.headers("POST", "/work", DIGEST), 200, () -> product.write("one"));
        Map<String, String> back = new java.util.HashMap<>();
        product.serve(call(2), 200, () -> {
            back.putAll(product.node().call(client.address()).orElseThrow().headers("POST", "/work", DIGEST));
            client.serve(back, 200, () -> call.answered(200, good));
        });
    }

    /** Another call of the client's transaction, as its next would be. */
    private Map<String, String> call(int number) throws Exception {
        Flow flow =
                client.node().registry().of(client.manager().getTransaction()).orElseThrow();
        Map<String, String> headers = new java.util.HashMap<>(new WorkHeaders.Call(
                        flow.id(), "client", number, java.time.Duration.ofSeconds(9), java.util.Optional.empty())
                .headers());
        Signatures signatures =
                Signatures.ofWork(client.peers(), java.time.Clock.systemUTC(), java.time.Duration.ofSeconds(30));
        headers.put(
                Signatures.HEADER,
                signatures
                        .sign(client.peer("product"), "POST", "/work", headers, DIGEST)
                        .header());
        return headers;
    }
}
