package dev.lockstep.web;

import jakarta.json.Json;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import jakarta.json.stream.JsonParser;
import jakarta.json.stream.JsonParser.Event;
import jakarta.json.stream.JsonParserFactory;
import java.io.StringReader;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The fields of a JSON object that a client sent. */
public final class JsonFields {

    private static final JsonParserFactory PARSERS = Json.createParserFactory(Map.of());

    private static final Logger LOG = System.getLogger(JsonFields.class.getName());

    private JsonFields() {}

    /**
     * Reads a body field by field, since a whole object would silently keep the last of two fields of one name.
     *
     * @param body JSON in UTF-8
     * @return the fields in the body's order
     * @throws ProblemException 400 if the body is not one JSON object
     */
    public static Map<String, JsonValue> of(byte[] body) {
        Map<String, JsonValue> fields = new LinkedHashMap<>();
        try (JsonParser parser = PARSERS.createParser(new StringReader(text(body)))) {
            boolean isObject = parser.next() == Event.START_OBJECT;
            while (isObject && parser.next() == Event.KEY_NAME) {
                String name = parser.getString();
                parser.next();
                isObject = fields.put(name, parser.getValue()) == null;
            }
            if (isObject && !parser.hasNext()) {
                return fields;
            }
        } catch (CharacterCodingException | RuntimeException e) {
            // Whatever the parser throws is about the body: beside its own exceptions it has plain ones for depths and
            // sizes.
            LOG.log(Level.DEBUG, "A body is no JSON", e);
        }
        throw new ProblemException(HttpProblems.invalidRequest(
                List.of(new InvalidField("", "The body must be one JSON object in UTF-8, each field once"))));
    }

    /** Decodes strictly: a replaced character would be stored as if it had been sent. */
    private static String text(byte[] body) throws CharacterCodingException {
        return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(body)).toString();
    }

    /**
     * Takes a field for text.
     *
     * @param value the field's value, null if it is missing
     * @return the text, or empty if it is none
     */
    public static Optional<String> string(JsonValue value) {
        return value instanceof JsonString text ? Optional.of(text.getString()) : Optional.empty();
    }
}
