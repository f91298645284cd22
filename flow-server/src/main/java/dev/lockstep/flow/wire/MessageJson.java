package dev.lockstep.flow.wire;

import dev.lockstep.participant.branch.GlobalId;
import dev.lockstep.participant.flow.Order;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.List;
import java.util.Set;

/** The bodies of messages. What a message is about stands in its {@link Address}. */
final class MessageJson {

    private static final byte[] NOTHING = {};

    private MessageJson() {}

    static byte[] write(Message message) {
        JsonObjectBuilder json = Fields.PROVIDER
                .createObjectBuilder()
                .add("type", Address.Verb.of(message).word());
        if (message instanceof Message.Prepare prepare) {
            json.add("flow", prepare.flow().toString())
                    .add("path", prepare.order().path());
            add(json, prepare.order());
        } else if (message instanceof Message.Decisions decisions) {
            json.add("ids", texts(decisions.ids()));
        } else if (message instanceof Message.Prepared prepared) {
            json.add("ids", texts(prepared.ids()));
        } else if (message instanceof Message.Forget forget) {
            json.add("ids", texts(forget.ids())).add("done", forget.areDone());
        } else if (message instanceof Message.Events events) {
            json.add("transactions", texts(events.transactions())).add("after", events.after());
        } else if (message instanceof Message.Alive) {
            return NOTHING;
        }
        return bytes(json.build());
    }

    private static void add(JsonObjectBuilder json, Order order) {
        JsonObjectBuilder inner = Fields.PROVIDER.createObjectBuilder();
        if (order instanceof Order.Hold hold) {
            json.add("hold", inner.add("followers", texts(hold.followers())));
        } else if (order instanceof Order.Follow follow) {
            json.add(
                    "follow",
                    inner.add("decision", follow.decision().text())
                            .add("commitPoint", follow.commitPoint().toString()));
        }
    }

    static Message read(Address address, byte[] body) throws MalformedException {
        if (address.verb() == Address.Verb.ALIVE) {
            return new Message.Alive(address.uuid());
        }
        Fields fields = Fields.of(body, Set.of(address.verb().word()));
        return switch (address.verb()) {
            case PREPARE -> new Message.Prepare(address.uuid(), fields.uuid("flow"), order(fields));
            case COMMIT -> new Message.Commit(address.uuid());
            case ROLLBACK -> new Message.Rollback(address.uuid());
            case DECISIONS -> new Message.Decisions(address.database(), ids(fields));
            case PREPARED -> new Message.Prepared(address.database(), ids(fields));
            case FORGET -> new Message.Forget(address.database(), ids(fields), fields.truth("done"));
            case EVENTS ->
                new Message.Events(
                        address.uuid(), fields.ids("transactions"), fields.number("after", Message.Events.MAX));
            default -> throw new IllegalStateException(address.verb() + " has no body");
        };
    }

    private static Order order(Fields fields) throws MalformedException {
        if (fields.has("hold") == fields.has("follow")) {
            throw new MalformedException("There must be either hold or follow");
        }
        if (fields.has("hold")) {
            return new Order.Hold(fields.object("hold").databases("followers"), fields.path("path"));
        }
        Fields follow = fields.object("follow");
        return new Order.Follow(follow.id("decision"), follow.database("commitPoint"), fields.path("path"));
    }

    private static List<GlobalId> ids(Fields fields) throws MalformedException {
        Set<GlobalId> ids = fields.ids("ids");
        if (ids.isEmpty()) {
            throw new MalformedException("ids must have at least one");
        }
        return List.copyOf(ids);
    }

    static JsonArrayBuilder texts(Collection<?> values) {
        JsonArrayBuilder texts = Fields.PROVIDER.createArrayBuilder();
        values.forEach(value -> texts.add(value.toString()));
        return texts;
    }

    static byte[] bytes(JsonObject json) {
        return json.toString().getBytes(StandardCharsets.UTF_8);
    }
}
