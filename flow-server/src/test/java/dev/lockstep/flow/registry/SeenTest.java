package dev.lockstep.flow.registry;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.flow.observe.FlowCounters;
import dev.lockstep.flow.observe.FlowEvent;
import dev.lockstep.flow.observe.FlowEvent.Direction;
import dev.lockstep.flow.observe.FlowEvent.Kind;
import dev.lockstep.flow.observe.FlowEvent.Moment;
import dev.lockstep.flow.observe.FlowEvent.Result;
import dev.lockstep.flow.observe.FlowListener;
import dev.lockstep.flow.observe.OpenFlow;
import dev.lockstep.flow.observe.ServerFlows;
import dev.lockstep.flow.registry.MemoryNet.Fate;
import dev.lockstep.flow.wire.Message;
import dev.lockstep.participant.branch.ParticipantId;
import dev.lockstep.participant.flow.Measures;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a flow shows of itself: product holds, orders follows. */
class SeenTest {

    @TempDir
    Path folder;

    private final ExecutorService application = Executors.newSingleThreadExecutor();
    private final List<FlowEvent> events = new CopyOnWriteArrayList<>();
    private final FlowListener listener = events::add;
    private Servers servers;
    private Server client;
    private Server orders;
    private Server product;

    @BeforeEach
    void start() throws Exception {
        servers = new Servers(folder, Servers.QUICK);
        client = servers.client;
        orders = servers.orders;
        product = servers.product;
        ServerFlows.listen(listener);
    }

    @AfterEach
    void stop() {
        ServerFlows.stopListening(listener);
        servers.net.fate((way, message) -> Fate.ARRIVES);
        servers.awaitNothingOpen();
        application.shutdownNow();
        servers.close();
    }

    private Future<?> committing() {
        return application.submit(() -> {
            client.manager().begin();
            client.call(product, () -> product.write("decrease"));
            client.call(orders, () -> orders.write("order"));
            client.manager().commit();
            return null;
        });
    }

    private Stream<FlowEvent> events(Kind kind, Moment moment) {
        return events.stream().filter(event -> event.kind() == kind && event.moment() == moment);
    }

    /** Scenario: all goes well. Expected outcome: each server tells one decision, and the client that it is needed no more. */
    @Test
    void committedFlow_tellsItsDecision_andThatItIsForgotten() throws Exception {
        committing().get(20, TimeUnit.SECONDS);
        Servers.await("forgotten", () -> !product.flows().forgotten().isEmpty());
        Servers.await("told", () -> events(Kind.FORGET, Moment.AFTER).findAny().isPresent());
        String forgotten = product.flows().forgotten().get(0);
        String decision = forgotten.substring(0, forgotten.indexOf(' '));
        assertThat(events(Kind.FORGET, Moment.BEFORE)).hasSize(1);
        assertThat(events(Kind.FORGET, Moment.AFTER)).singleElement().satisfies(event -> {
            assertThat(event.direction()).isEqualTo(Direction.OUT);
            assertThat(event.peer()).isEqualTo("product");
            assertThat(event.result()).isEqualTo(Result.DONE);
        });
        assertThat(events(Kind.COMMIT, Moment.AFTER))
                .hasSize(4)
                .extracting(FlowEvent::decision)
                .containsOnly(decision);
        assertThat(ServerFlows.flowOf(decision)).hasValue(events.get(0).flow());
    }

    /** Scenario: no commit reaches the follower, and the holder does not tell. Expected outcome: each waits visibly, and says for whom and why. */
    @Test
    void whoIsInDoubt_saysForWhomItWaits_andWhy() throws Exception {
        servers.net.fate((way, message) -> message instanceof Message.Decisions
                        || (way.equals("client>orders") && message instanceof Message.Commit)
                ? Fate.LOST
                : Fate.ARRIVES);
        Future<?> commit = committing();
        Servers.await("the client waits", () -> look(client)
                .anyMatch(flow -> !flow.waits().isEmpty() && flow.state() == OpenFlow.State.COMMITTING));
        Servers.await("orders asks", () -> look(orders).anyMatch(flow -> flow.state() == OpenFlow.State.IN_DOUBT));
        Servers.await(
                "it has asked",
                () -> events(Kind.DECISIONS, Moment.AFTER).findAny().isPresent());
        assertThat(look(orders)).singleElement().satisfies(flow -> {
            assertThat(flow.part()).isEqualTo(OpenFlow.Part.FOLLOWER);
            assertThat(flow.isParked()).isTrue();
            assertThat(flow.commitPoint()).isEqualTo("product");
            assertThat(orders.database().prepared()).allMatch(branch -> branch.startsWith(flow.decision()));
            assertThat(flow.waits())
                    .extracting(wait -> wait.kind() + " " + wait.whom())
                    .containsExactly("PEER client", "DATABASE product");
            assertThat(flow.waits().get(1).because()).contains("DECISIONS was sent");
        });
        assertThat(events(Kind.DECISIONS, Moment.AFTER)).isNotEmpty().allMatch(event -> event.peer()
                .equals("product"));
        servers.net.fate((way, message) -> Fate.ARRIVES);
        commit.get(20, TimeUnit.SECONDS);
    }

    /** Scenario: the client is silent after the votes. Expected outcome: the holder says that it has asked, before its patience ends. */
    @Test
    void holder_saysThatItHasAskedItsCaller() throws Exception {
        servers.net.fate((way, message) ->
                message instanceof Message.Commit || message instanceof Message.Alive ? Fate.LOST : Fate.ARRIVES);
        Future<?> commit = committing();
        Servers.await("product asks", () -> look(product).anyMatch(flow -> flow.state() == OpenFlow.State.IN_DOUBT));
        assertThat(look(product)).singleElement().satisfies(flow -> {
            assertThat(flow.part()).isEqualTo(OpenFlow.Part.HOLDER);
            assertThat(flow.commitPoint()).isEqualTo("product");
            assertThat(flow.decision()).isEqualTo(flow.globalId());
            assertThat(flow.waits())
                    .extracting(OpenFlow.Wait::because)
                    .anyMatch(because -> because.startsWith("voted yes at"))
                    .anyMatch(because -> because.startsWith("ALIVE was sent"));
        });
        servers.net.fate((way, message) -> Fate.ARRIVES);
        commit.get(20, TimeUnit.SECONDS);
    }

    /** Rows are counted over all databases; what has gone from one is gone from the sum. */
    @Test
    void whatTheParticipantMeasures_isCounted() {
        Measures measures = product.flows().measures();
        ParticipantId one = product.database().id();
        ParticipantId other = orders.database().id();
        measures.kept(one, Map.of(Measures.Reason.UNSEEN, 2L, Measures.Reason.SUPERIOR, 5L));
        measures.kept(other, Map.of(Measures.Reason.UNSEEN, 1L));
        measures.kept(one, Map.of(Measures.Reason.UNSEEN, 1L));
        measures.waitedForSession(one, Duration.ofMillis(3));
        FlowCounters counters = ServerFlows.survey().counters();
        assertThat(counters.rowsKept()).isEqualTo(Map.of("UNSEEN", 2L));
        assertThat(counters.waits().get("pool product").count()).isPositive();
    }

    private static Stream<OpenFlow> look(Server server) {
        return server.node().openFlows().open().stream();
    }
}
