package dev.lockstep.flow.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lockstep.flow.observe.FlowEvent;
import dev.lockstep.flow.observe.FlowListener;
import dev.lockstep.flow.observe.ServerFlows;
import dev.lockstep.flow.trust.Peer;
import dev.lockstep.flow.wire.Message;
import dev.lockstep.flow.wire.NoAnswerException;
import dev.lockstep.flow.wire.Outbox;
import dev.lockstep.flow.wire.Reply;
import dev.lockstep.participant.branch.GlobalId;
import dev.lockstep.participant.branch.ParticipantId;
import dev.lockstep.participant.flow.DecisionState;
import dev.lockstep.participant.flow.KnownDatabase;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiFunction;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whom a server asks about a database that it does not reach, and whom it believes (section 15, rows 10 and 23). */
class PeersAskedTest {

    private static final UUID FLOW = new UUID(7, 7);
    private static final ParticipantId DATABASE = new ParticipantId("shared", 7, 1, 2);

    @TempDir
    Path folder;

    private final List<String> asked = new ArrayList<>();
    private final Map<String, Reply> replies = new HashMap<>();
    private BiFunction<String, Message, Reply> answers = (peer, message) -> replies.get(peer);
    private Servers servers;
    private PeersAsked peersAsked;

    @BeforeEach
    void start() throws Exception {
        servers = new Servers(folder);
        Outbox outbox = (to, message, limit) -> {
            asked.add(to.name());
            Reply reply = answers.apply(to.name(), message);
            return reply == null
                    ? CompletableFuture.failedFuture(new NoAnswerException(to + " is silent", null))
                    : CompletableFuture.completedFuture(reply);
        };
        peersAsked = new PeersAsked(servers.client.peers(), outbox);
    }

    @AfterEach
    void stop() {
        servers.close();
    }

    private static GlobalId decision(int number, String holder) {
        byte[] name = (holder + ",server,P100").getBytes(StandardCharsets.US_ASCII);
        byte[] id = ByteBuffer.allocate(8 + name.length)
                .putInt(number)
                .putInt(1)
                .put(name)
                .array();
        return new GlobalId(GlobalId.JTS_FORMAT + "_" + Base64.getEncoder().encodeToString(id));
    }

    private Peer peer(String name) {
        return servers.client.peer(name);
    }

    private void named(String... names) {
        for (String name : names) {
            peersAsked.named(peer(name), Set.of(new KnownDatabase(DATABASE, "1")));
        }
    }

    private static Reply states(GlobalId id, DecisionState state) {
        return new Reply.States(Map.of(id, state));
    }

    @Test
    void holderFirstThenWhoNamedIt() throws Exception {
        GlobalId id = decision(1, "orders");
        named("product");
        replies.put("orders", new Reply.NotHere(DATABASE));
        replies.put("product", states(id, DecisionState.COMMITTED));
        assertThat(peersAsked.decisions(DATABASE, List.of(id))).containsExactly(Map.entry(id, DecisionState.COMMITTED));
        assertThat(asked).containsExactly("orders", "product");
    }

    /** Row 10: a peer that neither holds nor has named the database is not believed, so it is not asked. */
    @Test
    void nobodyElseIsAsked() {
        GlobalId id = decision(1, "orders");
        named("product");
        replies.put("stock", states(id, DecisionState.NO_ROW));
        assertThatThrownBy(() -> peersAsked.decisions(DATABASE, List.of(id)))
                .isInstanceOf(SQLException.class)
                .hasMessageContaining("product is silent");
        assertThat(asked).containsExactly("orders", "product");
    }

    /** Since the restart nobody has named the database: the last resort. Who answers has named it, and is asked alone from then on. */
    @Test
    void allAreAsked_ifNobodyHasNamedIt() throws Exception {
        GlobalId id = decision(1, "elsewhere");
        replies.put("orders", new Reply.NotHere(DATABASE));
        replies.put("stock", states(id, DecisionState.COMMITTED));
        assertThat(peersAsked.decisions(DATABASE, List.of(id))).containsExactly(Map.entry(id, DecisionState.COMMITTED));
        assertThat(asked).containsExactlyInAnyOrder("orders", "product", "stock");
        asked.clear();
        peersAsked.decisions(DATABASE, List.of(id));
        assertThat(asked).containsExactly("stock");
    }

    @Test
    void allAreAskedInVain() {
        GlobalId id = decision(1, "orders");
        assertThatThrownBy(() -> peersAsked.decisions(DATABASE, List.of(id)))
                .hasMessageContainingAll("orders is silent", "product is silent", "stock is silent");
        assertThat(asked).containsExactlyInAnyOrder("orders", "product", "stock");
    }

    /** An id that was not asked for is no answer. */
    @Test
    void onlyWhatWasAskedIsTaken() throws Exception {
        GlobalId id = decision(1, "orders");
        GlobalId other = decision(2, "orders");
        replies.put("orders", states(other, DecisionState.NO_ROW));
        assertThat(peersAsked.decisions(DATABASE, List.of(id))).isEmpty();
    }

    @Test
    void awayIsNoAnswer() {
        GlobalId id = decision(1, "orders");
        replies.put("orders", new Reply.Away(DATABASE, "shutdown"));
        assertThatThrownBy(() -> peersAsked.decisions(DATABASE, List.of(id))).hasMessageContaining("shutdown");
    }

    /** A dead peer is not asked by each of many followers at once. */
    @Test
    void silentPeerIsLeftInPeace() {
        GlobalId id = decision(1, "orders");
        assertThatThrownBy(() -> peersAsked.decisions(DATABASE, List.of(id))).hasMessageContaining("is silent");
        assertThatThrownBy(() -> peersAsked.decisions(DATABASE, List.of(id)))
                .as("the same sentence, so that the log has it once")
                .hasMessageContaining("is silent");
        assertThat(asked).containsExactlyInAnyOrder("orders", "product", "stock");
        replies.put("orders", states(id, DecisionState.COMMITTED));
        Servers.await("it is asked again", () -> {
            try {
                return peersAsked.decisions(DATABASE, List.of(id)).containsKey(id);
            } catch (SQLException e) {
                return false;
            }
        });
    }

    /**
     * Scenario: a holder has called nobody, or was started anew, so nobody has named the follower's database to it. Expected outcome: the
     * peer that reaches it tells, and is asked alone from then on.
     */
    @Test
    void whatIsPrepared_isAskedOfAll_ifNobodyHasNamedTheDatabase() throws Exception {
        GlobalId id = decision(1, "client"); // its own
        replies.put("product", new Reply.NotHere(DATABASE));
        replies.put("orders", new Reply.PreparedThere(Set.of(id)));
        assertThat(peersAsked.prepared(DATABASE, List.of(id))).containsExactly(id);
        assertThat(asked).contains("product", "orders");
        asked.clear();
        assertThat(peersAsked.prepared(DATABASE, List.of(id))).containsExactly(id);
        assertThat(asked).as("whoever knew is asked alone").containsExactly("orders");
    }

    /**
     * Scenario: a router has named the database of the server that it called, and that server has not been heard since a restart. Expected
     * outcome: the router reaches nothing, so its word ends, and all are asked. A decision would be kept for ever, else.
     */
    @Test
    void whoNamedIt_andDoesNotReachIt_isNotBelievedAnyMore() throws Exception {
        GlobalId id = decision(1, "client"); // its own
        named("orders");
        replies.put("orders", new Reply.NotHere(DATABASE));
        replies.put("product", new Reply.PreparedThere(Set.of(id)));
        assertThat(peersAsked.prepared(DATABASE, List.of(id))).containsExactly(id);
        asked.clear();
        assertThat(peersAsked.prepared(DATABASE, List.of(id))).containsExactly(id);
        assertThat(asked).as("whoever knew is asked alone").containsExactly("product");
    }

    /** Scenario: two have named it, and the one that reaches it is silent. Expected outcome: it is waited for, and nobody else is believed. */
    @Test
    void whoNamedIt_andIsSilent_isWaitedFor() {
        GlobalId id = decision(1, "client");
        named("orders", "product");
        replies.put("orders", new Reply.NotHere(DATABASE));
        replies.put("stock", new Reply.PreparedThere(Set.of()));
        assertThatThrownBy(() -> peersAsked.prepared(DATABASE, List.of(id))).hasMessageContaining("product is silent");
        assertThat(asked).containsExactlyInAnyOrder("orders", "product");
    }

    @Test
    void whatNobodyReaches_isNotTold() {
        GlobalId id = decision(1, "client");
        replies.put("product", new Reply.NotHere(DATABASE));
        replies.put("orders", new Reply.Away(DATABASE, "shutdown"));
        assertThatThrownBy(() -> peersAsked.prepared(DATABASE, List.of(id))).isInstanceOf(SQLException.class);
    }

    /** R3's question, of a flow that is known here and of one that is not: who asks tells one event for each flow. */
    @Test
    void lookForWhatIsPrepared_isTold_forEachFlow() throws Exception {
        GlobalId id = decision(77, "orders");
        named("orders");
        GlobalId done = decision(78, "orders");
        GlobalId stranger = decision(79, "orders");
        ServerFlows.tell(about(id));
        ServerFlows.tell(about(done));
        List<FlowEvent> events = new ArrayList<>();
        FlowListener listener = events::add;
        ServerFlows.listen(listener);
        replies.put("orders", new Reply.PreparedThere(Set.of(id)));
        peersAsked.prepared(DATABASE, List.of(id, done, stranger));
        replies.clear();
        assertThatThrownBy(() -> peersAsked.prepared(DATABASE, List.of(id))).hasMessageContaining("is silent");
        ServerFlows.stopListening(listener);
        assertThat(events)
                .allMatch(event -> event.kind() == FlowEvent.Kind.PREPARED
                        && event.peer().equals("orders")
                        && event.flow().equals(FLOW))
                .extracting(event -> event.decision().equals(id.text()) + " " + event.result())
                .containsExactly(
                        "true NONE", "false NONE", "true PREPARED", "false DONE", "true NONE", "true NO_ANSWER");
    }

    private static FlowEvent about(GlobalId decision) {
        return new FlowEvent(
                FLOW,
                "",
                "4871251_own",
                decision.text(),
                "orders",
                FlowEvent.Kind.PREPARE,
                FlowEvent.Direction.OUT,
                FlowEvent.Moment.AFTER,
                0,
                FlowEvent.Result.PREPARED,
                "",
                Instant.now());
    }

    @Test
    void manyGoInBatchesOfOneHolder() throws Exception {
        named("product");
        List<GlobalId> ids = new ArrayList<>();
        for (int i = 0; i < 250; i++) {
            ids.add(decision(i, i < 150 ? "orders" : "product"));
        }
        List<Integer> sizes = new ArrayList<>();
        answers = (peer, message) -> {
            Set<GlobalId> batch = Set.copyOf(((Message.Prepared) message).ids());
            sizes.add(batch.size());
            return new Reply.PreparedThere(batch);
        };
        assertThat(peersAsked.prepared(DATABASE, ids)).hasSize(250);
        assertThat(sizes).containsExactlyInAnyOrder(100, 50, 100);
    }
}
