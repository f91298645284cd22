package dev.lockstep.flows;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.flow.observe.FlowEvent;
import dev.lockstep.flow.observe.FlowRecord;
import dev.lockstep.flow.observe.FlowRecords;
import dev.lockstep.flow.observe.RecordedEvent;
import dev.lockstep.flow.observe.ServerFlows;
import dev.lockstep.journal.FlowNews;
import dev.lockstep.journal.Journal;
import dev.lockstep.journal.Message;
import dev.lockstep.participant.observe.Result;
import dev.lockstep.participant.observe.TransactionEvent;
import dev.lockstep.web.stream.OrderNames;
import jakarta.json.JsonObject;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** One flow, as all its servers have recorded it. */
class FlowLookTest {

    private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");
    private static final UUID FLOW = new UUID(3, 4);

    private final AtomicInteger asked = new AtomicInteger();
    private final Journal journal = new Journal();
    private final FlowLook look = new FlowLook(journal, new Flows(journal, new FlowServerAccess()));

    @BeforeEach
    void takePart() {
        Message work = new Message("WORK", "order", true, 1, NOON, NOON, "DONE", "");
        journal.onNews(new FlowNews(FLOW.toString(), "client", "", "4871251_c", work, List.of()));
        ServerFlows.askBy(flow -> {
            asked.incrementAndGet();
            return CompletableFuture.completedFuture(List.of(
                    new FlowRecord("order", recorded(), ""), FlowRecord.missing("product", "Connection refused")));
        });
    }

    @AfterEach
    void askNobody() {
        ServerFlows.askBy(FlowRecords.NONE);
    }

    /** As order has recorded it: a call before its transaction is known, the branch's name before its role is, and a row forgotten at the end. */
    private static List<RecordedEvent> recorded() {
        return List.of(
                message("", FlowEvent.Moment.BEFORE, FlowEvent.Result.NONE),
                step(TransactionEvent.Kind.START, "B0", Result.NONE),
                message("4871251_o", FlowEvent.Moment.AFTER, FlowEvent.Result.DONE),
                step(TransactionEvent.Kind.PREPARE, "C0", Result.PREPARED),
                step(TransactionEvent.Kind.DECISION, "C0", Result.COMMIT),
                step(TransactionEvent.Kind.FORGET, "C0", Result.NONE));
    }

    private static RecordedEvent message(String globalId, FlowEvent.Moment moment, FlowEvent.Result result) {
        return new RecordedEvent.OfMessage(new FlowEvent(
                FLOW,
                "h",
                globalId,
                "",
                "client",
                FlowEvent.Kind.WORK,
                FlowEvent.Direction.IN,
                moment,
                1,
                result,
                "",
                NOON));
    }

    private static RecordedEvent step(TransactionEvent.Kind kind, String branch, Result result) {
        return new RecordedEvent.OfBranch(new TransactionEvent(
                kind,
                TransactionEvent.Moment.AFTER,
                "4871251_o",
                "orders",
                branch,
                branch.equals("C0"),
                NOON,
                result,
                ""));
    }

    private JsonObject seen() {
        return look.at(FLOW.toString(), OrderNames.SHOWN).orElseThrow();
    }

    @Test
    void eachServer_isToldWithItsTransactions_orWithWhyTheyAreMissing() {
        List<JsonObject> servers = seen().getJsonArray("servers").getValuesAs(JsonObject.class);
        assertThat(servers)
                .extracting(server -> server.getString("server"))
                .containsExactly("client", "order", "product");
        assertThat(servers.get(2)).doesNotContainKey("transactions");
        assertThat(servers.get(2).getString("missing")).isEqualTo("Connection refused");
        List<JsonObject> transactions =
                servers.get(1).getJsonArray("transactions").getValuesAs(JsonObject.class);
        assertThat(transactions).singleElement().satisfies(told -> {
            assertThat(told.getString("globalId")).isEqualTo("4871251_o");
            assertThat(told.getString("state")).isEqualTo("COMMITTED");
            assertThat(told.getString("server")).isEqualTo("order");
            assertThat(told.getJsonArray("messages")).hasSize(1);
            assertThat(told.getJsonArray("messages").getJsonObject(0)).containsKey("to");
        });
    }

    /** Anybody may look, and each question goes to other servers. */
    @Test
    void manyWhoLook_shareOneQuestion_andStrangersFlowsAreNotAskedFor() {
        for (int i = 0; i < 50; i++) {
            assertThat(seen()).isNotNull();
            assertThat(look.at(new UUID(9, i).toString(), OrderNames.SHOWN)).isEmpty();
        }
        assertThat(asked).hasValue(1);
    }

    @Test
    void questionThatFails_leavesThisServersOwnRecord() {
        ServerFlows.askBy(flow -> CompletableFuture.failedFuture(new IllegalStateException("a fault of ours")));
        assertThat(seen().getJsonArray("servers")).hasSize(1);
    }
}
