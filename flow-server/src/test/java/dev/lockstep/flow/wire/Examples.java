package dev.lockstep.flow.wire;

import dev.lockstep.flow.observe.FlowEvent;
import dev.lockstep.flow.observe.RecordedEvent;
import dev.lockstep.participant.branch.GlobalId;
import dev.lockstep.participant.branch.ParticipantId;
import dev.lockstep.participant.flow.DecisionState;
import dev.lockstep.participant.flow.Order;
import dev.lockstep.participant.flow.Outcome;
import dev.lockstep.participant.flow.Vote;
import dev.lockstep.participant.observe.Result;
import dev.lockstep.participant.observe.TransactionEvent;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/** A message and a reply of each kind. */
final class Examples {

    static final UUID HANDLE = UUID.fromString("7e57ab1e-0000-4000-8000-000000000001");
    static final UUID FLOW = UUID.fromString("f10f10f1-0000-4000-8000-000000000002");
    static final ParticipantId PRODUCT = ParticipantId.parse("product.1z141z4.gkg.gx2");
    static final ParticipantId ORDERS = ParticipantId.parse("orders.1z141z5.gkg.gx3");
    static final GlobalId DECISION = id(1);

    static final Message PREPARE = new Message.Prepare(HANDLE, FLOW, new Order.Hold(Set.of(ORDERS), "1"));
    static final Message FOLLOW = new Message.Prepare(HANDLE, FLOW, new Order.Follow(DECISION, PRODUCT, "2-1"));
    static final Message COMMIT = new Message.Commit(HANDLE);
    static final Message DECISIONS = new Message.Decisions(PRODUCT, List.of(DECISION, id(2)));

    static final Reply YES = new Reply.Voted(new Vote.Prepared(DECISION, PRODUCT, Duration.ofMinutes(10)));
    static final Reply COMMITTED = new Reply.Ended(Outcome.COMMIT, true);

    /** Each message with the replies that answer it. */
    static final Map<Message, List<Reply>> FITTING = Map.of(
            PREPARE,
            List.of(
                    YES,
                    new Reply.Voted(new Vote.Nothing()),
                    new Reply.VotedNo("out of stock"),
                    new Reply.Unknown("over")),
            FOLLOW,
            List.of(
                    YES,
                    new Reply.Voted(new Vote.Nothing()),
                    new Reply.VotedNo("out of stock"),
                    new Reply.Unknown("over")),
            COMMIT,
            List.of(
                    COMMITTED,
                    new Reply.Ended(Outcome.COMMIT, false),
                    new Reply.Ended(Outcome.ROLLBACK, true),
                    new Reply.Ended(Outcome.UNKNOWN, false),
                    new Reply.Unknown("over")),
            new Message.Rollback(FLOW),
            List.of(new Reply.Heard()),
            new Message.Alive(FLOW),
            List.of(new Reply.Living(true), new Reply.Living(false), new Reply.Unknown("over")),
            DECISIONS,
            List.of(states(), new Reply.NotHere(PRODUCT), new Reply.Away(PRODUCT, "connection refused")),
            new Message.Prepared(ORDERS, List.of(DECISION, id(2))),
            List.of(
                    new Reply.PreparedThere(Set.of(DECISION)),
                    new Reply.PreparedThere(Set.of()),
                    new Reply.NotHere(ORDERS),
                    new Reply.Away(ORDERS, "connection refused")),
            new Message.Forget(PRODUCT, List.of(DECISION), true),
            List.of(new Reply.Heard()),
            new Message.Events(FLOW, Set.of(DECISION), 16),
            List.of(
                    new Reply.Recorded(List.of(recorded("", ""), prepared()), true),
                    new Reply.Recorded(List.of(), false)));

    private Examples() {}

    /** A message, with what the flow's transaction and the peer said. */
    static RecordedEvent recorded(String globalId, String detail) {
        return new RecordedEvent.OfMessage(new FlowEvent(
                FLOW,
                HANDLE.toString(),
                globalId,
                globalId.isEmpty() ? "" : DECISION.text(),
                "node-with-thirty-two-characters-x",
                FlowEvent.Kind.DECISIONS,
                FlowEvent.Direction.OUT,
                FlowEvent.Moment.BEFORE,
                1000,
                FlowEvent.Result.COMMIT_PENDING,
                detail,
                Instant.parse("2026-01-01T12:00:00.123456789Z")));
    }

    private static RecordedEvent prepared() {
        return new RecordedEvent.OfBranch(new TransactionEvent(
                TransactionEvent.Kind.PREPARE,
                TransactionEvent.Moment.AFTER,
                DECISION.text(),
                "orders",
                "F2-0",
                false,
                Instant.parse("2026-01-01T12:00:00Z"),
                Result.READ_ONLY,
                ""));
    }

    /** In this order. */
    private static Reply states() {
        Map<GlobalId, DecisionState> states = new LinkedHashMap<>();
        states.put(DECISION, DecisionState.COMMITTED);
        states.put(id(2), DecisionState.NO_ROW);
        return new Reply.States(states);
    }

    /** A global id of the coordinator {@code product}. */
    static GlobalId id(int number) {
        byte[] bytes = ("\0\0\0" + (char) number + "\0\0\0\0product").getBytes(StandardCharsets.ISO_8859_1);
        return new GlobalId(GlobalId.JTS_FORMAT + "_" + Base64.getEncoder().encodeToString(bytes));
    }
}
