package dev.lockstep.flow.wire;

import dev.lockstep.participant.branch.GlobalId;
import dev.lockstep.participant.flow.DecisionState;
import dev.lockstep.participant.flow.Outcome;
import dev.lockstep.participant.flow.Vote;
import jakarta.json.JsonObjectBuilder;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** The bodies of replies, and their statuses. A fact is read from the body alone; the status must go with it. */
final class ReplyJson {

    static final int OK = 200;

    private static final int ACCEPTED = 202;
    private static final int NOT_FOUND = 404;
    private static final int CONFLICT = 409;
    private static final int GONE = 410;
    private static final int UNAVAILABLE = 503;

    private static final int KEPT_SECONDS_MAX = 31_536_000;

    private static final Set<String> TYPES = Set.of(
            "prepared",
            "nothing",
            "no",
            "unknown",
            "ended",
            "heard",
            "living",
            "states",
            "prepared-there",
            "not-here",
            "away",
            "recorded");

    private ReplyJson() {}

    static int status(Reply reply) {
        if (reply instanceof Reply.VotedNo) {
            return CONFLICT;
        } else if (reply instanceof Reply.Unknown) {
            return GONE;
        } else if (reply instanceof Reply.NotHere) {
            return NOT_FOUND;
        } else if (reply instanceof Reply.Away) {
            return UNAVAILABLE;
        } else if (reply instanceof Reply.Ended ended && ended.outcome() != Outcome.COMMIT) {
            return ended.outcome() == Outcome.ROLLBACK ? CONFLICT : ACCEPTED;
        }
        return OK;
    }

    static byte[] write(Reply reply) {
        JsonObjectBuilder json = Fields.PROVIDER.createObjectBuilder();
        if (reply instanceof Reply.Voted voted) {
            add(json, voted.vote());
        } else if (reply instanceof Reply.VotedNo no) {
            json.add("type", "no").add("reason", reason(no.reason()));
        } else if (reply instanceof Reply.Unknown unknown) {
            json.add("type", "unknown").add("reason", reason(unknown.reason()));
        } else if (reply instanceof Reply.Ended ended) {
            json.add("type", "ended").add("outcome", word(ended.outcome())).add("done", ended.isDone());
        } else if (reply instanceof Reply.Living living) {
            json.add("type", "living").add("undecided", living.isUndecided());
        } else if (reply instanceof Reply.States states) {
            JsonObjectBuilder each = Fields.PROVIDER.createObjectBuilder();
            states.states().forEach((id, state) -> each.add(id.text(), word(state)));
            json.add("type", "states").add("states", each);
        } else if (reply instanceof Reply.PreparedThere there) {
            json.add("type", "prepared-there").add("ids", MessageJson.texts(there.ids()));
        } else if (reply instanceof Reply.NotHere notHere) {
            json.add("type", "not-here").add("database", notHere.database().toString());
        } else if (reply instanceof Reply.Away away) {
            json.add("type", "away").add("database", away.database().toString()).add("reason", reason(away.reason()));
        } else if (reply instanceof Reply.Recorded recorded) {
            json.add("type", "recorded")
                    .add("events", EventJson.write(recorded.events()))
                    .add("more", recorded.areMore());
        } else {
            json.add("type", "heard");
        }
        return MessageJson.bytes(json.build());
    }

    private static void add(JsonObjectBuilder json, Vote vote) {
        if (vote instanceof Vote.Prepared prepared) {
            json.add("type", "prepared")
                    .add("decision", prepared.decision().text())
                    .add("commitPoint", prepared.commitPoint().toString())
                    .add("keptSeconds", Math.min(prepared.kept().toSeconds(), KEPT_SECONDS_MAX));
        } else {
            json.add("type", "nothing");
        }
    }

    static Reply read(byte[] body) throws MalformedException {
        Fields fields = Fields.of(body, TYPES);
        return switch (fields.text("type")) {
            case "prepared" ->
                new Reply.Voted(new Vote.Prepared(
                        fields.id("decision"),
                        fields.database("commitPoint"),
                        Duration.ofSeconds(fields.number("keptSeconds", KEPT_SECONDS_MAX))));
            case "nothing" -> new Reply.Voted(new Vote.Nothing());
            case "no" -> new Reply.VotedNo(fields.reason("reason"));
            case "unknown" -> new Reply.Unknown(fields.reason("reason"));
            case "ended" -> new Reply.Ended(constant(Outcome.class, fields, "outcome"), fields.truth("done"));
            case "living" -> new Reply.Living(fields.truth("undecided"));
            case "states" -> states(fields.object("states"));
            case "prepared-there" -> new Reply.PreparedThere(fields.ids("ids"));
            case "not-here" -> new Reply.NotHere(fields.database("database"));
            case "away" -> new Reply.Away(fields.database("database"), fields.reason("reason"));
            case "recorded" ->
                new Reply.Recorded(
                        EventJson.read(fields.objects("events", Reply.Recorded.EVENTS_MAX)), fields.truth("more"));
            default -> new Reply.Heard();
        };
    }

    private static Reply states(Fields fields) throws MalformedException {
        Map<GlobalId, DecisionState> states = new LinkedHashMap<>();
        for (String id : fields.json().keySet()) {
            states.put(fields.id(id, id), constant(DecisionState.class, fields, id));
        }
        return new Reply.States(states);
    }

    static <E extends Enum<E>> E constant(Class<E> type, Fields fields, String name) throws MalformedException {
        String text = fields.text(name);
        for (E constant : type.getEnumConstants()) {
            if (word(constant).equals(text)) {
                return constant;
            }
        }
        String words = Arrays.stream(type.getEnumConstants())
                .map(ReplyJson::word)
                .sorted()
                .collect(Collectors.joining(" or "));
        throw fields.fault(name, "must be " + words, text);
    }

    static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private static String reason(String reason) {
        String plain = String.valueOf(reason).replaceAll("\\p{Cntrl}", " ");
        return plain.length() <= Fields.REASON_MAX ? plain : plain.substring(0, Fields.REASON_MAX);
    }
}
