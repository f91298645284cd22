package dev.lockstep.shop.order;

import dev.lockstep.order.boundary.NewOrder;
import dev.lockstep.web.HttpProblems;
import dev.lockstep.web.InvalidField;
import dev.lockstep.web.JsonFields;
import dev.lockstep.web.ProblemException;
import jakarta.json.JsonNumber;
import jakarta.json.JsonValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Pattern;

/**
 * The body of {@code POST /api/orders}, or of {@code POST /api/tickets}, which calls the id otherwise.
 *
 * @param order what is ordered, within all limits; its id is new if the client sent none
 * @param isRepeatable whether the client sent the id, and so may be repeating itself
 */
public record OrderRequest(NewOrder order, boolean isRepeatable) {

    /** What a name must be, and whatever else a person writes in one line of that length. */
    public static final String NAME_RULE = "must be text of " + NewOrder.NAME_MIN + " to " + NewOrder.NAME_MAX
            + " characters, at least one of them visible, without control characters, line separators and characters that"
            + " turn the writing direction";

    private static final Set<String> FIELDS = Set.of("productId", "quantity", "orderName");

    /** {@link UUID#fromString} alone accepts shorter forms, such as {@code 1-1-1-1-1}. */
    private static final Pattern UUID_FORM =
            Pattern.compile("[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}");

    /**
     * Reads a body.
     *
     * @param body JSON in UTF-8
     * @param idField what the field with the id is called
     * @return the request
     * @throws ProblemException 400 naming each field at fault
     */
    public static OrderRequest parse(byte[] body, String idField) {
        return of(JsonFields.of(body), idField, List.of());
    }

    /**
     * Reads the fields of a body.
     *
     * @param json the fields
     * @param idField what the field with the id is called
     * @param alsoInvalid fields at fault that others have found
     * @return the request
     * @throws ProblemException 400 naming each field at fault
     */
    public static OrderRequest of(Map<String, JsonValue> json, String idField, List<InvalidField> alsoInvalid) {
        List<InvalidField> invalid = new ArrayList<>(alsoInvalid);
        json.keySet().stream()
                .filter(name -> !FIELDS.contains(name) && !name.equals(idField))
                .forEach(name -> invalid.add(new InvalidField(name, "is not a field of an order")));
        boolean isRepeatable = json.containsKey(idField);
        Optional<UUID> orderId = isRepeatable ? uuid(json.get(idField)) : Optional.of(UUID.randomUUID());
        Optional<Integer> productId = integer(json.get("productId"));
        Optional<Integer> quantity = integer(json.get("quantity")).filter(NewOrder::isValidQuantity);
        Optional<String> orderName = JsonFields.string(json.get("orderName")).filter(NewOrder::isValidName);
        if (orderId.isEmpty()) {
            invalid.add(new InvalidField(idField, "must be a UUID of 36 characters"));
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
            invalid.add(new InvalidField("orderName", NAME_RULE));
        }
        if (!invalid.isEmpty()) {
            throw new ProblemException(HttpProblems.invalidRequest(invalid));
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

    private static Optional<UUID> uuid(JsonValue value) {
        return JsonFields.string(value).flatMap(OrderRequest::uuid);
    }

    private static Optional<Integer> integer(JsonValue value) {
        if (value instanceof JsonNumber number) {
            try {
                return Optional.of(number.intValueExact()); // by its value: 1.0 and 1e0 are 1
            } catch (ArithmeticException e) {
                return Optional.empty();
            }
        }
        return Optional.empty();
    }
}
