package dev.lockstep.tests.flow;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.flow.observe.RecordedEvent;
import dev.lockstep.tests.LauncherProcess;
import dev.lockstep.tests.TestFolders;
import dev.lockstep.tests.flow.Buyer.Wish;
import dev.lockstep.tests.flow.Link.Exchange;
import dev.lockstep.tests.flow.Machines.Way;
import dev.lockstep.tests.killmatrix.Answer;
import jakarta.json.Json;
import jakarta.json.JsonArray;
import java.io.IOException;
import java.nio.file.Files;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Two services on two Payaras with a database each, and a servlet without one on a third: one transaction. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class FlowBetweenServersIT {

    private static final int STOCK = 100;
    private static final Duration LIMIT = Duration.ofSeconds(15);
    private static final Way TO_PRODUCT = new Way(Role.CLIENT, Role.PRODUCT);
    private static final Way TO_ORDER = new Way(Role.CLIENT, Role.ORDER);

    private final ExecutorService threads = Executors.newCachedThreadPool();
    private Machines machines;
    private Buyer buyer;
    private int cells;

    @BeforeAll
    void start() throws SQLException {
        machines = Machines.start("flow", List.of(Role.CLIENT, Role.PRODUCT, Role.ORDER));
        machines.warm(Shape.STAR);
        buyer = new Buyer(machines.get(Role.CLIENT).address().application());
    }

    @AfterAll
    void stop() throws IOException, SQLException {
        threads.shutdownNow();
        if (machines != null) {
            machines.close();
        }
    }

    /** Scenario: a servlet calls two services in a scope and completes it. Expected outcome: both are written, in this order of messages. */
    @Order(1)
    @Test
    void completedScope_commitsOnBothMachines() throws SQLException {
        int product = stocked(9_000_001);
        Wish wish = Wish.of(product, 3, Shape.STAR);
        FlowTrace before = FlowTrace.of(machines, TO_PRODUCT, TO_ORDER);
        assertThat(buyer.buy(wish)).isEqualTo(Answer.YES);
        assertThat(machines.books(Role.PRODUCT).stockOf(product)).isEqualTo(STOCK - 3);
        assertThat(machines.books(Role.ORDER).hasOrder(wish.order())).isTrue();
        LauncherProcess.await(LIMIT, "the decision is forgotten", machines::isNothingRemembered);
        FlowTrace trace = FlowTrace.of(machines, TO_PRODUCT, TO_ORDER).without(before);
        trace.write(TestFolders.target().resolve("flow-trace.md"));
        assertThat(trace.timeouts()).as("what the scope leaves").allMatch(left -> left <= Buyer.SCOPE_LIMIT.toMillis());
        assertThat(trace.words())
                .containsSubsequence(
                        "work client to product",
                        "work client to order",
                        "prepare client to product",
                        "prepare client to order",
                        "commit client to product",
                        "commit client to order",
                        "forget client to product");
    }

    /**
     * Scenario: an order has flowed, and a peer looks at it, as the picture does. Expected outcome: each machine tells its own steps and its ends of
     * the messages; of a flow that it does not know it tells nothing.
     */
    @Order(1)
    @Test
    void eachMachine_tellsAPeerWhatItHasRecorded() throws SQLException, IOException {
        int product = stocked(9_000_008);
        assertThat(buyer.buy(Wish.of(product, 3, Shape.STAR))).isEqualTo(Answer.YES);
        LauncherProcess.await(LIMIT, "the decision is forgotten", machines::isNothingRemembered);
        UUID flow = UUID.fromString(
                last(Kind.WORK).request().header("Lockstep-Flow").orElseThrow());
        List<RecordedEvent> ofProduct;
        List<RecordedEvent> ofOrder;
        List<RecordedEvent> ofClient;
        try (Onlooker client = new Onlooker(Role.CLIENT, machines.peersFile(Role.CLIENT));
                Onlooker service = new Onlooker(Role.PRODUCT, machines.peersFile(Role.PRODUCT))) {
            ofProduct = client.events(Role.PRODUCT, flow);
            ofOrder = client.events(Role.ORDER, flow);
            ofClient = service.events(Role.CLIENT, flow);
            assertThat(client.events(Role.ORDER, UUID.randomUUID())).isEmpty();
        }
        JsonArray stock = Onlooker.transactions(Role.PRODUCT, ofProduct);
        JsonArray order = Onlooker.transactions(Role.ORDER, ofOrder);
        JsonArray client = Onlooker.transactions(Role.CLIENT, ofClient);
        Files.writeString(
                TestFolders.target().resolve("flow-events.json"),
                Json.createArrayBuilder()
                        .add(client)
                        .add(stock)
                        .add(order)
                        .build()
                        .toString());
        assertThat(stock.toString()).contains("\"kind\":\"DECISION\"", "\"state\":\"COMMITTED\"");
        assertThat(order.toString())
                .contains("\"kind\":\"PREPARE\",\"participant\":\"orders\"", "\"state\":\"COMMITTED\"")
                .doesNotContain("DECISION\",\"participant");
        assertThat(client.toString())
                .contains("\"kind\":\"WORK\",\"peer\":\"product\"", "\"kind\":\"COMMIT\",\"peer\":\"order\"");
    }

    /** Scenario: the servlet gives up after both calls. Expected outcome: nothing is written, and nothing stays locked. */
    @Order(2)
    @Test
    void scopeThatIsNotCompleted_rollsBackOnBothMachines() throws SQLException {
        int product = stocked(9_000_002);
        Wish wish = Wish.of(product, 3, Shape.STAR).givenUp();
        assertThat(buyer.buy(wish)).isEqualTo(Answer.NO);
        LauncherProcess.await(LIMIT, "no flow is open", machines::isQuiet);
        assertThat(machines.books(Role.PRODUCT).stockOf(product)).isEqualTo(STOCK);
        assertThat(machines.books(Role.ORDER).hasOrder(wish.order())).isFalse();
        assertThat(machines.books(Role.PRODUCT).isLocked(product)).isFalse();
    }

    /** Scenario: there is not enough in stock. Expected outcome: the client is told no, the other service has written nothing. */
    @Order(3)
    @Test
    void refusalOfAService_rollsBackTheOther() throws SQLException {
        int product = stocked(9_000_003);
        Wish wish = Wish.of(product, STOCK + 1, Shape.STAR);
        assertThat(buyer.buy(wish)).isEqualTo(Answer.NO);
        LauncherProcess.await(LIMIT, "no flow is open", machines::isQuiet);
        assertThat(machines.books(Role.PRODUCT).stockOf(product)).isEqualTo(STOCK);
        assertThat(machines.books(Role.ORDER).hasOrder(wish.order())).isFalse();
    }

    /**
     * Scenario: the messages of a committed order are sent again, as they were captured. Expected outcome: work is refused, and
     * nothing has any effect.
     */
    @Order(4)
    @Test
    void capturedMessages_haveNoEffect() throws SQLException {
        int product = stocked(9_000_004);
        assertThat(buyer.buy(Wish.of(product, 3, Shape.STAR))).isEqualTo(Answer.YES);
        LauncherProcess.await(LIMIT, "the decision is forgotten", machines::isNothingRemembered);

        HttpMessage work = replayed(Kind.WORK);
        assertThat(work.status()).as(work::toString).isEqualTo(401);
        assertThat(text(work)).contains("flow-not-trusted");
        // The protocol's messages may come twice: they are answered as they were, and do nothing any more.
        assertThat(text(replayed(Kind.PREPARE))).isEqualTo(text(answer(Kind.PREPARE)));
        assertThat(text(replayed(Kind.COMMIT))).isEqualTo(text(answer(Kind.COMMIT)));
        assertThat(machines.isQuiet()).as(() -> machines.left().toString()).isTrue();
        assertThat(machines.books(Role.PRODUCT).stockOf(product)).isEqualTo(STOCK - 3);
    }

    private HttpMessage replayed(Kind kind) {
        Address at = machines.get(Role.PRODUCT).address();
        return ForeignCaller.send(
                kind == Kind.WORK ? at.applicationPort() : at.protocolPort(),
                last(kind).request());
    }

    private HttpMessage answer(Kind kind) {
        return last(kind).answer().orElseThrow();
    }

    private Exchange last(Kind kind) {
        return machines.link(TO_PRODUCT).trace().stream()
                .filter(one -> one.kind() == kind)
                .reduce((first, second) -> second)
                .orElseThrow();
    }

    private static String text(HttpMessage message) {
        return new String(message.body(), UTF_8);
    }

    /** Another implementation with the right key and clock is let in: so what is refused below is refused for its own reason. */
    @Order(5)
    @Test
    void foreignCaller_isTrusted() throws SQLException {
        int product = stocked(9_000_005);
        ForeignCaller caller = new ForeignCaller("client", "product", machines.key(TO_PRODUCT));
        HttpMessage answer = caller.decrease(machines.get(Role.PRODUCT).address(), product, Instant.now());
        assertThat(answer.status()).as(answer::toString).isEqualTo(204);
        assertThat(answer.header("Lockstep-Flow-Answer")).isPresent();
    }

    @Order(6)
    @Test
    void strangers_areRefusedWithTheReason() throws SQLException {
        int product = stocked(9_000_006);
        String key = machines.key(TO_PRODUCT);
        Address at = machines.get(Role.PRODUCT).address();
        refused(
                new ForeignCaller("client", "product", PeersFiles.newKey()).decrease(at, product, Instant.now()),
                "the keys differ, or the request was altered");
        refused(
                new ForeignCaller("client", "product", key)
                        .decrease(at, product, Instant.now().minus(Duration.ofMinutes(5))),
                "The clock of node 'client' is 300 s behind this server's; at most 30 s are allowed");
        refused(
                new ForeignCaller("stranger", "product", key).decrease(at, product, Instant.now()),
                "Node 'stranger' is not in this server's peers file");
        assertThat(machines.books(Role.PRODUCT).stockOf(product)).isEqualTo(STOCK);
    }

    private static void refused(HttpMessage answer, String reason) {
        assertThat(answer.status()).as(answer::toString).isEqualTo(401);
        assertThat(text(answer)).contains("flow-not-trusted", reason);
    }

    /** Scenario: in a scope, an address is called that is no peer's. Expected outcome: nothing is sent, and the reason is told. */
    @Order(7)
    @Test
    void callToAnAddressThatIsNoPeers_isRefusedBeforeItIsSent() throws SQLException {
        int product = stocked(9_000_007);
        String answer =
                buyer.buyAt(machines.get(Role.PRODUCT).address().application(), Wish.of(product, 1, Shape.STAR));
        assertThat(answer)
                .startsWith("409")
                .contains(machines.get(Role.PRODUCT).address().application().getAuthority());
        assertThat(machines.books(Role.PRODUCT).stockOf(product)).isEqualTo(STOCK);
    }

    /** Scenario: the same in a scope that suppresses the transaction; then the outer scope is given up. Expected outcome: it stays written. */
    @Order(7)
    @Test
    void callToAnAddressThatIsNoPeers_inASuppressScope_isWrittenByItself() throws SQLException {
        int product = stocked(9_000_009);
        Wish wish = Wish.of(product, 1, Shape.STAR).givenUp();
        assertThat(buyer.buyBeside(machines.get(Role.PRODUCT).address().application(), wish))
                .startsWith("409")
                .contains("given up");
        assertThat(machines.books(Role.PRODUCT).stockOf(product)).isEqualTo(STOCK - 1);
    }

    static Stream<FlowCell> tellingCells() {
        return FlowCell.telling();
    }

    /** Scenario: a flow stands at the point, the victim is struck and comes back. Expected outcome: N2 to N4. */
    @Order(8)
    @ParameterizedTest(name = "{0}")
    @MethodSource("tellingCells")
    void leavesNothingApartAndNothingInDoubt(FlowCell cell) throws SQLException {
        FlowCellResult result = new FlowCellRun(machines.revived(), threads, cell, ++cells).run();
        assertThat(result.violations())
                .as(() -> cell + ", client: " + result.answer())
                .isEmpty();
    }

    private int stocked(int product) throws SQLException {
        machines.books(Role.PRODUCT).stock(product, STOCK);
        return product;
    }
}
