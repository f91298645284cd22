package dev.lockstep.flow.wire;

import dev.lockstep.participant.branch.BranchId;
import dev.lockstep.participant.branch.GlobalId;
import dev.lockstep.participant.branch.ParticipantId;
import jakarta.json.JsonArray;
import jakarta.json.JsonConfig;
import jakarta.json.JsonException;
import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import jakarta.json.JsonReaderFactory;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import jakarta.json.JsonValue.ValueType;
import jakarta.json.spi.JsonProvider;
import jakarta.json.stream.JsonParser;
import java.io.StringReader;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Pattern;

/**
 * A JSON object's fields, each checked as it is read. Unknown fields are left alone, so that a later version can add one.
 *
 * @param json the object
 * @param where its own name and a dot, or empty
 */
record Fields(JsonObject json, String where) {

    /** Looked up once: each {@code Json.create…} would search the class path. */
    static final JsonProvider PROVIDER = JsonProvider.provider();

    /** The most ids, or databases, in a list. */
    static final int LIST_MAX = 100;

    /** The most characters of a reason. */
    static final int REASON_MAX = 500;

    private static final Logger LOG = System.getLogger(Fields.class.getName());
    private static final JsonReaderFactory READERS =
            PROVIDER.createReaderFactory(Map.of(JsonConfig.KEY_STRATEGY, JsonConfig.KeyStrategy.NONE));

    private static final int GLOBAL_ID_MAX = 96; // format, line, and the 64 bytes that XA allows in Base64
    private static final int ECHO_MAX = 100;
    private static final Pattern UUID_TEXT = Pattern.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");

    /**
     * Reads a body.
     *
     * @param body its bytes
     * @param types that it may have
     * @return its fields, with one of the types
     */
    static Fields of(byte[] body, Set<String> types) throws MalformedException {
        try {
            Fields fields = new Fields(parsed(text(body)), "");
            String type = fields.text("type");
            if (!types.contains(type)) {
                throw fields.fault(
                        "type",
                        "must be " + String.join(" or ", types.stream().sorted().toList()),
                        type);
            }
            return fields;
        } catch (CharacterCodingException | RuntimeException e) {
            // Whatever the parser throws is about the body: beside its own exceptions it has plain ones for depths and
            // sizes.
            LOG.log(Level.DEBUG, "A body is no JSON", e);
            throw new MalformedException("The body must be one JSON object in UTF-8, each field once");
        }
    }

    /** The reader sees a name that comes twice, but nothing behind the object; the parser sees that. */
    private static JsonObject parsed(String text) {
        try (JsonReader reader = READERS.createReader(new StringReader(text));
                JsonParser parser = PROVIDER.createParser(new StringReader(text))) {
            JsonObject object = reader.readObject();
            parser.next();
            parser.skipObject(); // of an object without an end it never came back
            if (parser.hasNext()) {
                throw new JsonException("There is something behind the object");
            }
            return object;
        }
    }

    /** Strictly: a replaced character would be another text. */
    private static String text(byte[] body) throws CharacterCodingException {
        return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(body)).toString();
    }

    boolean has(String name) {
        return json.containsKey(name);
    }

    String text(String name) throws MalformedException {
        if (json.get(name) instanceof JsonString text) {
            return text.getString();
        }
        throw fault(name, "must be a text", json.get(name));
    }

    String reason(String name) throws MalformedException {
        String reason = text(name);
        if (reason.length() > REASON_MAX || reason.chars().anyMatch(Character::isISOControl)) {
            throw fault(
                    name, "must be at most " + REASON_MAX + " characters, none of them a control character", reason);
        }
        return reason;
    }

    boolean truth(String name) throws MalformedException {
        JsonValue value = json.get(name);
        if (value != null && (value.getValueType() == ValueType.TRUE || value.getValueType() == ValueType.FALSE)) {
            return value.getValueType() == ValueType.TRUE;
        }
        throw fault(name, "must be true or false", value);
    }

    int number(String name, int max) throws MalformedException {
        if (json.get(name) instanceof JsonNumber number && number.isIntegral()) {
            long value = number.bigDecimalValue().precision() > 10 ? -1 : number.longValue();
            if (value >= 0 && value <= max) {
                return (int) value;
            }
        }
        throw fault(name, "must be a whole number, 0 to " + max, json.get(name));
    }

    UUID uuid(String name) throws MalformedException {
        String text = text(name);
        if (UUID_TEXT.matcher(text).matches()) {
            return UUID.fromString(text);
        }
        throw fault(name, "must be a UUID in lower case", text);
    }

    String path(String name) throws MalformedException {
        String text = text(name);
        try {
            if (!text.equals("0")) { // which is the root's, whom nobody asks
                return BranchId.requirePath(text);
            }
        } catch (IllegalArgumentException e) {
            LOG.log(Level.DEBUG, "A field is no path", e);
        }
        throw fault(name, "must be numbers from 1 to 99 with hyphens between them, at most 12 characters", text);
    }

    Fields object(String name) throws MalformedException {
        if (json.get(name) instanceof JsonObject object) {
            return new Fields(object, where + name + ".");
        }
        throw fault(name, "must be an object", json.get(name));
    }

    List<Fields> objects(String name, int max) throws MalformedException {
        List<Fields> objects = new ArrayList<>();
        if (json.get(name) instanceof JsonArray array && array.size() <= max) {
            for (JsonValue value : array) {
                if (!(value instanceof JsonObject object)) {
                    throw fault(name, "must be a list of objects", value);
                }
                objects.add(new Fields(object, where + name + "[" + objects.size() + "]."));
            }
            return objects;
        }
        throw fault(name, "must be a list of at most " + max, json.get(name));
    }

    Instant time(String name) throws MalformedException {
        String text = text(name);
        try {
            return Instant.parse(text);
        } catch (DateTimeException e) {
            throw fault(name, "must be a time such as 2026-01-01T12:00:00.5Z", text);
        }
    }

    ParticipantId database(String name) throws MalformedException {
        return database(name, text(name));
    }

    Set<ParticipantId> databases(String name) throws MalformedException {
        Set<ParticipantId> databases = new LinkedHashSet<>();
        for (String text : texts(name)) {
            if (!databases.add(database(name, text))) {
                throw fault(name, "must have each once", text);
            }
        }
        return databases;
    }

    GlobalId id(String name) throws MalformedException {
        return id(name, text(name));
    }

    Set<GlobalId> ids(String name) throws MalformedException {
        Set<GlobalId> ids = new LinkedHashSet<>();
        for (String text : texts(name)) {
            if (!ids.add(id(name, text))) {
                throw fault(name, "must have each once", text);
            }
        }
        return ids;
    }

    GlobalId id(String name, String text) throws MalformedException {
        try {
            if (text.length() <= GLOBAL_ID_MAX) {
                return new GlobalId(text);
            }
        } catch (IllegalArgumentException e) {
            LOG.log(Level.DEBUG, "A field is no global id", e);
        }
        throw fault(name, "must be a global id of JTS, at most " + GLOBAL_ID_MAX + " characters", text);
    }

    private ParticipantId database(String name, String text) throws MalformedException {
        try {
            return ParticipantId.parse(text);
        } catch (IllegalArgumentException e) {
            throw fault(name, "must be a database, name.cluster.database.table", text);
        }
    }

    private Set<String> texts(String name) throws MalformedException {
        Set<String> texts = new LinkedHashSet<>();
        if (json.get(name) instanceof JsonArray array && array.size() <= LIST_MAX) {
            for (JsonValue value : array) {
                if (!(value instanceof JsonString text) || !texts.add(text.getString())) {
                    throw fault(name, "must be a list of texts, each once", value);
                }
            }
            return texts;
        }
        throw fault(name, "must be a list of at most " + LIST_MAX, json.get(name));
    }

    MalformedException fault(String name, String must, Object is) {
        String text = is instanceof JsonString string ? string.getString() : String.valueOf(is);
        String sent = is == null ? "missing" : text.replaceAll("\\p{Cntrl}", " ");
        String echo = sent.length() <= ECHO_MAX ? sent : sent.substring(0, ECHO_MAX) + "…";
        return new MalformedException(where + name + " " + must + ", but is " + echo);
    }
}
