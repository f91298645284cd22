package dev.lockstep.flow.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lockstep.flow.server.FlowRefusedException;
import dev.lockstep.flow.server.FlowServer;
import dev.lockstep.flow.trust.Signatures;
import dev.lockstep.flow.wire.Message;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Calls that are not let in (F1, F9), and calls that are not made. */
class RefusalTest {

    private static final byte[] DIGEST = Signatures.digest(new byte[0]);

    @TempDir
    Path folder;

    private final UUID flow = UUID.randomUUID();
    private Servers servers;
    private Server client;
    private Server product;
    private Signatures signatures;
    private Map<String, String> answer = Map.of();

    @BeforeEach
    void start() throws Exception {
        servers = new Servers(folder);
        client = servers.client;
        product = servers.product;
        signatures = Signatures.ofWork(client.peers(), Clock.systemUTC(), Duration.ofSeconds(30));
    }

    @AfterEach
    void stop() {
        servers.close();
    }

    /** A call as the client signs it. */
    private Map<String, String> signed(UUID of, int number, Optional<UUID> handle) {
        return signed(of, number, handle, Duration.ofSeconds(20));
    }

    private Map<String, String> signed(UUID of, int number, Optional<UUID> handle, Duration left) {
        Map<String, String> headers = new HashMap<>(new WorkHeaders.Call(of, "client", number, left, handle).headers());
        headers.put(
                Signatures.HEADER,
                signatures
                        .sign(client.peer("product"), "POST", "/work", headers, DIGEST)
                        .header());
        return headers;
    }

    private void call(int number, Optional<UUID> handle) throws Exception {
        answer = product.serve(signed(flow, number, handle), 200, () -> {});
    }

    private Optional<UUID> handle() {
        return WorkHeaders.answer(answer).map(WorkHeaders.Answer::handle);
    }

    private static void assertRefused(ThrowingCallable call, int status, String problem, String detail) {
        assertThatThrownBy(call).isInstanceOfSatisfying(FlowRefusedException.class, refused -> {
            assertThat(refused.status()).isEqualTo(status);
            assertThat(refused.problem()).isEqualTo(problem);
            assertThat(refused).hasMessageContaining(detail);
        });
    }

    @Test
    void unsigned() {
        Map<String, String> headers = signed(flow, 1, Optional.empty());
        headers.remove(Signatures.HEADER);
        assertRefused(() -> product.serve(headers, 200, () -> {}), 401, "flow-not-trusted", "missing");
    }

    @Test
    void replayed() throws Exception {
        Map<String, String> headers = signed(flow, 1, Optional.empty());
        product.serve(headers, 200, () -> {});
        assertRefused(() -> product.serve(headers, 200, () -> {}), 401, "flow-not-trusted", "nonce");
    }

    @Test
    void malformed() {
        Map<String, String> headers = new HashMap<>(Map.of(WorkHeaders.FLOW, "one", WorkHeaders.CALL, "two"));
        headers.put(
                Signatures.HEADER,
                signatures
                        .sign(client.peer("product"), "POST", "/work", headers, DIGEST)
                        .header());
        assertRefused(() -> product.serve(headers, 200, () -> {}), 400, "flow-not-understood", "UUID");
    }

    @Test
    void signedByAnotherThanTheCaller() {
        Map<String, String> headers = new HashMap<>(
                new WorkHeaders.Call(flow, "orders", 1, Duration.ofSeconds(9), Optional.empty()).headers());
        headers.put(
                Signatures.HEADER,
                signatures
                        .sign(client.peer("product"), "POST", "/work", headers, DIGEST)
                        .header());
        assertRefused(() -> product.serve(headers, 200, () -> {}), 400, "flow-not-understood", "'orders'");
    }

    /** The server was restarted between two calls: half of the work is gone. */
    @Test
    void handleOfBefore() throws Exception {
        call(1, Optional.empty());
        product.kill();
        product.start();
        assertRefused(() -> call(2, handle()), 410, "flow-refused", "restarted");
    }

    @Test
    void otherHandle() throws Exception {
        call(1, Optional.empty());
        assertRefused(() -> call(2, Optional.of(flow)), 410, "flow-refused", "handle");
    }

    @Test
    void numberSeen() throws Exception {
        call(2, Optional.empty());
        assertRefused(() -> call(2, handle()), 409, "flow-refused", "call 2");
        assertRefused(() -> call(1, handle()), 409, "flow-refused", "overtaken");
    }

    @Test
    void anotherCallAtWork() throws Exception {
        product.serve(
                signed(flow, 1, Optional.empty()),
                200,
                () -> assertRefused(() -> call(2, Optional.empty()), 409, "flow-refused", "another call"));
    }

    @Test
    void tooManyCalls() throws Exception {
        for (int number = 1; number <= Servers.CALM.maxCalls(); number++) {
            call(number, Optional.empty());
        }
        assertRefused(() -> call(6, Optional.empty()), 409, "flow-refused", "5 calls");
    }

    @Test
    void tooManyFlows() throws Exception {
        for (int i = 0; i < Servers.CALM.maxOpen(); i++) {
            product.serve(signed(UUID.randomUUID(), 1, Optional.empty()), 200, () -> {});
        }
        assertRefused(() -> call(1, Optional.empty()), 503, "flow-too-many", "8 flows");
    }

    /** Scenario: all places are taken when a flow comes; then one ends. Expected outcome: it waited, and is let in. */
    @Test
    void flowWithoutRoom_waitsUntilAnotherEnds() throws Exception {
        UUID first = UUID.randomUUID();
        product.serve(signed(first, 1, Optional.empty()), 200, () -> {});
        for (int i = 1; i < Servers.CALM.maxOpen(); i++) {
            product.serve(signed(UUID.randomUUID(), 1, Optional.empty()), 200, () -> {});
        }
        FutureTask<Void> waiting = new FutureTask<>(() -> {
            call(1, Optional.empty());
            return null;
        });
        new Thread(waiting).start();
        Servers.await("it waits", () -> product.node().registry().waiting() == 1);
        servers.net.send("client", "product", new Message.Rollback(first));
        waiting.get(20, TimeUnit.SECONDS);
        assertThat(product.node().registry().flow(flow)).isPresent();
    }

    @Test
    void overAfterRollback() throws Exception {
        call(1, Optional.empty());
        servers.net.send("client", "product", new Message.Rollback(flow));
        servers.awaitNothingOpen();
        assertRefused(() -> call(2, Optional.empty()), 410, "flow-refused", "over");
    }

    /** F9: late work of a flow whose rollback came first. */
    @Test
    void lateAfterRollback() {
        servers.net.send("client", "product", new Message.Rollback(flow));
        assertRefused(() -> call(1, Optional.empty()), 410, "flow-refused", "over");
    }

    /** F8. Scenario: the deadline passes while the transaction begins. Expected outcome: it ends, and takes no place for ever. */
    @Test
    void lateBeforeItHasBegun() {
        product.manager()
                .beforeBegin(() -> LockSupport.parkNanos(Duration.ofMillis(200).toNanos()));
        Map<String, String> late = signed(flow, 1, Optional.empty(), Duration.ofMillis(1));
        assertRefused(() -> product.serve(late, 200, () -> {}), 410, "flow-refused", "over");
        servers.awaitNothingOpenAt(product);
    }

    /** F9. Scenario: a rollback comes while the first call begins. Expected outcome: the call is refused, and nothing stays locked. */
    @Test
    void rollbackWhileTheFirstCallBegins() {
        product.manager().beforeBegin(() -> servers.net.send("client", "product", new Message.Rollback(flow)));
        assertRefused(() -> call(1, Optional.empty()), 410, "flow-refused", "over");
        servers.awaitNothingOpenAt(product);
    }

    /** Nobody may end what another began. */
    @Test
    void rollbackByAnotherPeerIsNotBelieved() throws Exception {
        servers.net.send("orders", "product", new Message.Rollback(flow));
        call(1, Optional.empty());
        servers.net.send("orders", "product", new Message.Rollback(flow));
        call(2, handle());
        assertThat(handle()).isPresent();
    }

    @Test
    void rollbackOnlyIsToldAtOnce() throws Exception {
        Map<String, String> failed = product.serve(signed(flow, 1, Optional.empty()), 409, () -> {});
        assertThat(WorkHeaders.answer(failed)).isEmpty();
        assertThat(failed).containsKey("lockstep-signature");
    }

    @Test
    void secondCallToOneServerAtATime() throws Exception {
        client.manager().begin();
        Optional<FlowServer.OutgoingCall> first = client.node().call(product.address());
        assertRefused(() -> client.node().call(product.address()), 409, "flow-refused", "only one");
        first.orElseThrow().unanswered();
        client.manager().rollback();
    }

    @Test
    void callToAStranger() throws Exception {
        client.manager().begin();
        assertRefused(
                () -> client.node().call(URI.create("http://127.0.0.1:9/")), 409, "flow-refused", "no peer's address");
        client.manager().rollback();
    }

    @Test
    void callWithoutTransactionIsPlain() throws Exception {
        assertThat(client.node().call(URI.create("http://127.0.0.1:9/"))).isEmpty();
    }

    @Test
    void callInADoomedTransaction() throws Exception {
        client.manager().begin();
        client.manager().setRollbackOnly();
        assertRefused(() -> client.node().call(product.address()), 409, "flow-refused", "rolled back");
        client.manager().rollback();
    }

    @Test
    void databasesAreLimited() {
        List<String> many = new ArrayList<>();
        for (int i = 0; i <= WorkHeaders.DATABASES_MAX; i++) {
            many.add("d" + i + ".1.1.1@MQ");
        }
        Map<String, String> headers = new HashMap<>(Server.lower(WorkHeaders.answer(flow, "product", List.of())));
        headers.put("lockstep-flow-databases", String.join(", ", many));
        assertThat(WorkHeaders.answer(headers)).isEmpty();
        headers.put("lockstep-flow-databases", String.join(", ", many.subList(1, many.size())));
        assertThat(WorkHeaders.answer(headers)).isPresent();
    }
}
