package dev.lockstep.flow.record;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.flow.observe.FlowEvent;
import dev.lockstep.flow.observe.FlowRecord;
import dev.lockstep.flow.observe.RecordedEvent;
import dev.lockstep.flow.trust.Peer;
import dev.lockstep.flow.wire.Message;
import dev.lockstep.flow.wire.NoAnswerException;
import dev.lockstep.flow.wire.Outbox;
import dev.lockstep.flow.wire.Reply;
import dev.lockstep.participant.branch.GlobalId;
import dev.lockstep.participant.observe.Result;
import dev.lockstep.participant.observe.Subject;
import dev.lockstep.participant.observe.TransactionEvent;
import java.net.URI;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** What servers record of a flow, and tell each other. */
class PeersRecordsTest {

    private static final UUID FLOW = new UUID(1, 1);
    private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");

    private final FlowRecorder here = new FlowRecorder();
    private final Map<String, FlowRecorder> others = new LinkedHashMap<>();
    private final List<String> asked = new ArrayList<>();

    /** Each server answers as its listener does, but for the one that is cut off. */
    private final Outbox network = (to, message, limit) -> {
        asked.add(to.name());
        FlowRecorder recorder = others.get(to.name());
        return recorder == null
                ? CompletableFuture.failedFuture(new NoAnswerException(to.name() + " has not answered", null))
                : CompletableFuture.completedFuture(recorder.answer((Message.Events) message));
    };

    private static Optional<Peer> peer(String name) {
        URI any = URI.create("http://127.0.0.1:1");
        return name.equals("stranger") ? Optional.empty() : Optional.of(new Peer(name, any, any, List.of()));
    }

    private Map<String, FlowRecord> records() {
        Map<String, FlowRecord> records = new LinkedHashMap<>();
        new PeersRecords("client", PeersRecordsTest::peer, network, here)
                .ofOthers(FLOW)
                .join()
                .forEach(record -> records.put(record.server(), record));
        return records;
    }

    private static FlowEvent message(String globalId, String peer, String detail) {
        return new FlowEvent(
                FLOW,
                "",
                globalId,
                "",
                peer,
                FlowEvent.Kind.WORK,
                FlowEvent.Direction.OUT,
                FlowEvent.Moment.AFTER,
                1,
                FlowEvent.Result.DONE,
                detail,
                NOON);
    }

    private static TransactionEvent step(String globalId) {
        return new TransactionEvent(
                TransactionEvent.Kind.START,
                TransactionEvent.Moment.BEFORE,
                globalId,
                "orders",
                "B0",
                false,
                NOON,
                Result.NONE,
                "",
                List.of(new Subject("o1", "Ann's tea", Map.of())));
    }

    private FlowRecorder server(String name) {
        return others.computeIfAbsent(name, unknown -> new FlowRecorder());
    }

    /** Scenario: client called order, which called product. Expected outcome: both are asked, though client knows only the first. */
    @Test
    void serversThatServersName_areAsked_too() {
        here.note(message("c", "order", ""));
        server("order").note(message("o", "product", ""));
        server("product").note(message("p", "order", ""));
        assertThat(records().keySet()).containsExactly("order", "product");
        assertThat(asked).containsExactly("order", "product");
        assertThat(records().values())
                .allSatisfy(record -> assertThat(record.missing()).isEmpty());
    }

    @Test
    void whoseEventsCannotBeHad_isMissing_withTheReason() {
        here.note(message("c", "order", ""));
        here.note(message("c", "stranger", ""));
        here.note(message("c", "new", ""));
        server("new");
        Map<String, FlowRecord> records = records();
        assertThat(records.get("order").missing()).isEqualTo("order has not answered");
        assertThat(records.get("stranger").missing()).isEqualTo("stranger is no peer of client");
        assertThat(records.get("new").missing()).startsWith("new has recorded nothing of it");
        assertThat(asked).doesNotContain("stranger");
    }

    /**
     * Scenario: the follower was killed after its vote; its next life knows the branch by the decision's name alone, which is the holder's transaction.
     * Expected outcome: what the resolver did there is told, though the flow is not known.
     */
    @Test
    void serverThatWasStartedAnew_tellsWhatItsResolverDid() {
        String decision = GlobalId.JTS_FORMAT + "_AAAAAQAAAABwcm9kdWN0";
        here.note(message("c", "order", ""));
        here.note(message("c", "product", ""));
        server("product").note(message(decision, "client", ""));
        server("order").note(step(decision));
        server("order").note(step("another"));
        FlowRecord order = records().get("order");
        assertThat(order.missing()).isEmpty();
        assertThat(order.events()).hasSize(1);
    }

    @Test
    void longRecord_comesInParts_andComplete() {
        here.note(message("c", "order", ""));
        for (int i = 0; i < 3 * Reply.Recorded.EVENTS_MAX + 1; i++) {
            server("order").note(message("o", "client", "no " + i));
        }
        assertThat(records().get("order").events())
                .hasSize(3 * Reply.Recorded.EVENTS_MAX + 1)
                .doesNotHaveDuplicates();
        assertThat(asked).hasSize(4);
    }

    /** A branch begins before its flow is told, and what a transaction is about is for this server's own people. */
    @Test
    void stepsOfATransaction_areThoseOfItsFlow_withoutWhatItIsAbout() {
        here.note(step("c"));
        here.note(step("another"));
        here.note(message("c", "order", "a\nb" + "x".repeat(500)));
        List<RecordedEvent> events = here.events(FLOW);
        assertThat(events).hasSize(2);
        assertThat(((RecordedEvent.OfBranch) events.get(0)).event().subjects()).isEmpty();
        assertThat(((RecordedEvent.OfMessage) events.get(1)).event().detail())
                .hasSize(120)
                .startsWith("a bx")
                .endsWith("…");
    }

    @Test
    void flowOfMany_andTheLookingItself_areNotRecorded() {
        here.note(new FlowEvent(
                FLOW,
                "",
                "c",
                "",
                "order",
                FlowEvent.Kind.EVENTS,
                FlowEvent.Direction.OUT,
                FlowEvent.Moment.BEFORE,
                0,
                FlowEvent.Result.NONE,
                "",
                NOON));
        assertThat(here.events(FLOW)).isEmpty();
        assertThat(records()).isEmpty();
    }
}
