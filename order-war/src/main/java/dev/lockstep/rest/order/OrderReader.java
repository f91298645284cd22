package dev.lockstep.rest.order;

import dev.lockstep.order.boundary.NewOrder;
import dev.lockstep.web.Exchange;
import dev.lockstep.web.HttpProblems;
import dev.lockstep.web.InvalidField;
import dev.lockstep.web.JsonFields;
import dev.lockstep.web.ProblemException;
import jakarta.json.JsonNumber;
import jakarta.json.JsonValue;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.ext.MessageBodyReader;
import java.io.IOException;
import java.io.InputStream;
import java.lang.annotation.Annotation;
import java.lang.reflect.Type;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** Reads an order, each field within the order service's own limits. */
@Consumes(MediaType.APPLICATION_JSON)
public final class OrderReader implements MessageBodyReader<NewOrder> {

    private static final Set<String> FIELDS = Set.of("orderId", "orderName", "productId", "quantity");

    @Override
    public boolean isReadable(Class<?> type, Type generic, Annotation[] annotations, MediaType media) {
        return type == NewOrder.class;
    }

    @Override
    public NewOrder readFrom(
            Class<NewOrder> type,
            Type generic,
            Annotation[] annotations,
            MediaType media,
            MultivaluedMap<String, String> headers,
            InputStream body)
            throws IOException {
        byte[] json = body.readNBytes(declared(headers).orElse(Exchange.BODY_MAX + 1));
        if (json.length > Exchange.BODY_MAX) {
            throw new ProblemException(HttpProblems.bodyTooLarge(Exchange.BODY_MAX));
        }
        return order(JsonFields.of(json));
    }

    /** As much is read as is declared: after a request with Upgrade, Payara's stream would go on until the connection ends. */
    private static Optional<Integer> declared(MultivaluedMap<String, String> headers) {
        return Optional.ofNullable(headers.getFirst(HttpHeaders.CONTENT_LENGTH))
                .filter(length -> length.matches("[0-9]{1,5}"))
                .map(Integer::valueOf);
    }

    private static NewOrder order(Map<String, JsonValue> json) {
        if (!json.keySet().equals(FIELDS)) {
            throw invalid(
                    "", "The body must have the fields orderId, orderName, productId and quantity, and no others");
        }
        String name = text(json, "orderName");
        if (!NewOrder.isValidName(name)) {
            throw invalid(
                    "orderName",
                    "must be text of at most " + NewOrder.NAME_MAX
                            + " characters, one of them visible, without control characters and line separators");
        }
        try {
            return new NewOrder(
                    UUID.fromString(text(json, "orderId")), name, number(json, "productId"), number(json, "quantity"));
        } catch (IllegalArgumentException e) {
            throw invalid("", e.getMessage());
        }
    }

    private static String text(Map<String, JsonValue> json, String field) {
        return JsonFields.string(json.get(field)).orElseThrow(() -> invalid(field, "must be text"));
    }

    private static int number(Map<String, JsonValue> json, String field) {
        if (json.get(field) instanceof JsonNumber number) {
            try {
                return number.intValueExact();
            } catch (ArithmeticException e) {
                throw wholeNumber(field);
            }
        }
        throw wholeNumber(field);
    }

    private static ProblemException wholeNumber(String field) {
        return invalid(field, "must be a whole number of at most " + Integer.MAX_VALUE);
    }

    private static ProblemException invalid(String field, String detail) {
        return new ProblemException(HttpProblems.invalidRequest(List.of(new InvalidField(field, detail))));
    }
}
