package dev.lockstep.lab.hold.control;

import dev.lockstep.order.boundary.NewOrder;
import dev.lockstep.shop.order.OrderRequest;
import dev.lockstep.web.InvalidField;
import dev.lockstep.web.JsonFields;
import dev.lockstep.web.ProblemException;
import jakarta.json.JsonValue;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The body of {@code POST /api/holds}: an order, and where to hold it.
 *
 * @param order what is ordered
 * @param at where to hold it
 */
public record HoldRequest(NewOrder order, HoldPoint at) {

    /**
     * Reads a body.
     *
     * @param body JSON in UTF-8
     * @return the request
     * @throws ProblemException 400 naming each field at fault
     */
    public static HoldRequest parse(byte[] body) {
        Map<String, JsonValue> json = JsonFields.of(body);
        Optional<HoldPoint> at = JsonFields.string(json.remove("at")).flatMap(HoldRequest::point);
        List<InvalidField> invalid = new ArrayList<>();
        if (at.isEmpty()) {
            invalid.add(new InvalidField("at", "must be one of " + Arrays.toString(HoldPoint.values())));
        }
        return new HoldRequest(OrderRequest.of(json, "orderId", invalid).order(), at.orElseThrow());
    }

    private static Optional<HoldPoint> point(String name) {
        return Arrays.stream(HoldPoint.values())
                .filter(point -> point.name().equals(name))
                .findAny();
    }
}
