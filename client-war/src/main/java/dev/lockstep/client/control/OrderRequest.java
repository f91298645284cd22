package dev.lockstep.client.control;

import dev.lockstep.order.boundary.NewOrder;
import jakarta.json.Json;
import jakarta.json.JsonNumber;
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
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Pattern;

/**
 * The body of {@code POST /api/orders}.
 *
 * @param order what is ordered, within all limits; its id is new if the client sent none
 * @param isRepeatable whether the client sent the id, and so may be repeating itself
 */
public record OrderRequest(NewOrder order, boolean isRepeatable) {

    private static final Set<String> FIELDS = Set.of("orderId", "productId", "quantity", "orderName");

    /** {@link UUID#fromString} alone accepts shorter forms, such as {@code 1-1-1-1-1}. */
    private static final Pattern UUID_FORM =
            Pattern.compile("[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}");

    private static final JsonParserFactory PARSERS = Json.createParserFactory(Map.of());

    private static final Logger LOG = System.getLogger(OrderRequest.class.getName());

    /**
     * Reads a body.
     *
     * @param body JSON in UTF-8
     * @return the request
     * @throws ProblemException 400 naming each field at fault
     */
    public static OrderRequest parse(byte[] body) {
        Map<String, JsonValue> json = fields(body);
        List<InvalidField> invalid = new ArrayList<>();
        json.keySet().stream()
                .filter(name -> !FIELDS.contains(name))
                .forEach(name -> invalid.add(new InvalidField(name, "is not a field of an order")));
        boolean isRepeatable = json.containsKey("orderId");
        Optional<UUID> orderId = isRepeatable ? uuid(json.get("orderId")) : Optional.of(UUID.randomUUID());
        Optional<Integer> productId = integer(json.get("productId"));
        Optional<Integer> quantity = integer(json.get("quantity")).filter(NewOrder::isValidQuantity);
        Optional<String> orderName = string(json.get("orderName")).filter(NewOrder::isValidName);
        if (orderId.isEmpty()) {
            invalid.add(new InvalidField("orderId", "must be a UUID of 36 characters"));
        }
        if (productId.isEmpty()) {
            invalid.add(new InvalidField("productId", "must be a whole number of at most " + Integer.MAX_VALUE));
        }
        if (quantity.isEmpty()) {
            invalid.add(new InvalidField(
                    "quantity",
                    "must be a whole number between " + NewOrder.QUANTITY_MIN + " and " + NewOrder.QUANTITY_MAX));
        }
        if (orderName.isEmpty()) {
            invalid.add(new InvalidField(
                    "orderName",
                    "must be text of " + NewOrder.NAME_MIN + " to " + NewOrder.NAME_MAX
                            + " characters, not blank, without control characters"));
        }
        if (!invalid.isEmpty()) {
            throw new ProblemException(Problems.invalidRequest(invalid));
        }
        return new OrderRequest(
                new NewOrder(orderId.get(), orderName.get(), productId.get(), quantity.get()), isRepeatable);
    }

    /**
     * Reads a UUID.
     *
     * @param text 36 characters, or anything else
     * @return the UUID, or empty if the text is none
     */
    public static Optional<UUID> uuid(String text) {
        return Optional.of(text)
                .filter(candidate -> UUID_FORM.matcher(candidate).matches())
                .map(UUID::fromString);
    }

    /** Reads field by field, since a whole object would silently keep the last of two fields of one name. */
    private static Map<String, JsonValue> fields(byte[] body) {
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
        throw new ProblemException(Problems.invalidRequest(
                List.of(new InvalidField("", "The body must be one JSON object in UTF-8, each field once"))));
    }

    /** Decodes strictly: a replaced character would be stored as if it had been sent. */
    private static String text(byte[] body) throws CharacterCodingException {
        return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(body)).toString();
    }

    private static Optional<UUID> uuid(JsonValue value) {
        return string(value).flatMap(OrderRequest::uuid);
    }

    private static Optional<String> string(JsonValue value) {
        return value instanceof JsonString text ? Optional.of(text.getString()) : Optional.empty();
    }

    private static Optional<Integer> integer(JsonValue value) {
        if (value instanceof JsonNumber number && number.isIntegral()) {
            try {
                return Optional.of(number.intValueExact());
            } catch (ArithmeticException e) {
                return Optional.empty();
            }
        }
        return Optional.empty();
    }
}
