package dev.lockstep.flow.wire;

import dev.lockstep.flow.observe.FlowEvent;
import dev.lockstep.flow.observe.RecordedEvent;
import dev.lockstep.participant.observe.Result;
import dev.lockstep.participant.observe.TransactionEvent;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObjectBuilder;
import java.util.ArrayList;
import java.util.List;

/** Recorded events: those with a peer are messages, those with a participant are steps of a branch. */
final class EventJson {

    private EventJson() {}

    static JsonArrayBuilder write(List<RecordedEvent> events) {
        JsonArrayBuilder array = Fields.PROVIDER.createArrayBuilder();
        for (RecordedEvent event : events) {
            array.add(
                    event instanceof RecordedEvent.OfMessage message
                            ? message(message.event())
                            : branch(((RecordedEvent.OfBranch) event).event()));
        }
        return array;
    }

    private static JsonObjectBuilder message(FlowEvent event) {
        return Fields.PROVIDER
                .createObjectBuilder()
                .add("peer", event.peer())
                .add("flow", event.flow().toString())
                .add("handle", event.handle())
                .add("tx", event.globalId())
                .add("decision", event.decision())
                .add("kind", ReplyJson.word(event.kind()))
                .add("way", ReplyJson.word(event.direction()))
                .add("moment", ReplyJson.word(event.moment()))
                .add("call", event.call())
                .add("result", ReplyJson.word(event.result()))
                .add("detail", event.detail())
                .add("time", event.time().toString());
    }

    private static JsonObjectBuilder branch(TransactionEvent event) {
        return Fields.PROVIDER
                .createObjectBuilder()
                .add("participant", event.participant())
                .add("branch", event.branch())
                .add("commitPoint", event.isCommitPoint())
                .add("tx", event.globalId())
                .add("kind", ReplyJson.word(event.kind()))
                .add("moment", ReplyJson.word(event.moment()))
                .add("result", ReplyJson.word(event.result()))
                .add("detail", event.detail())
                .add("time", event.time().toString());
    }

    static List<RecordedEvent> read(List<Fields> all) throws MalformedException {
        List<RecordedEvent> events = new ArrayList<>();
        for (Fields fields : all) {
            events.add(
                    fields.has("participant")
                            ? new RecordedEvent.OfBranch(branch(fields))
                            : new RecordedEvent.OfMessage(message(fields)));
        }
        return events;
    }

    private static FlowEvent message(Fields fields) throws MalformedException {
        return new FlowEvent(
                fields.uuid("flow"),
                fields.reason("handle"),
                fields.reason("tx"),
                fields.has("decision") ? fields.reason("decision") : "", // an earlier version does not tell it
                fields.reason("peer"),
                ReplyJson.constant(FlowEvent.Kind.class, fields, "kind"),
                ReplyJson.constant(FlowEvent.Direction.class, fields, "way"),
                ReplyJson.constant(FlowEvent.Moment.class, fields, "moment"),
                fields.number("call", Message.Events.MAX),
                ReplyJson.constant(FlowEvent.Result.class, fields, "result"),
                fields.reason("detail"),
                fields.time("time"));
    }

    private static TransactionEvent branch(Fields fields) throws MalformedException {
        return new TransactionEvent(
                ReplyJson.constant(TransactionEvent.Kind.class, fields, "kind"),
                ReplyJson.constant(TransactionEvent.Moment.class, fields, "moment"),
                fields.reason("tx"),
                fields.reason("participant"),
                fields.reason("branch"),
                fields.truth("commitPoint"),
                fields.time("time"),
                ReplyJson.constant(Result.class, fields, "result"),
                fields.reason("detail"));
    }
}
