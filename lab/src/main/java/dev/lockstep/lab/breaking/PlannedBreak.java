package dev.lockstep.lab.breaking;

import dev.lockstep.shop.order.OrderRequest;
import dev.lockstep.web.HttpProblems;
import dev.lockstep.web.InvalidField;
import dev.lockstep.web.JsonFields;
import dev.lockstep.web.ProblemException;
import jakarta.json.JsonArray;
import jakarta.json.JsonValue;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * What is to be killed when the next order comes to some point: the body of {@code POST /api/breaks}.
 *
 * @param victims at least one
 * @param at the point
 * @param orderId the order, if it must not be any other
 */
public record PlannedBreak(Set<Victim> victims, BreakPoint at, Optional<UUID> orderId) {

    private static final Set<String> FIELDS = Set.of("victims", "at", "orderId");

    /**
     * Reads a body.
     *
     * @param body JSON in UTF-8
     * @return the plan
     * @throws ProblemException 400 naming each field at fault
     */
    public static PlannedBreak parse(byte[] body) {
        Map<String, JsonValue> json = JsonFields.of(body);
        List<InvalidField> invalid = new ArrayList<>();
        json.keySet().stream()
                .filter(name -> !FIELDS.contains(name))
                .forEach(name -> invalid.add(new InvalidField(name, "is not a field of a break")));
        Set<Victim> victims = victims(json.get("victims"));
        Optional<BreakPoint> at = JsonFields.string(json.get("at")).flatMap(PlannedBreak::point);
        Optional<UUID> orderId = JsonFields.string(json.get("orderId")).flatMap(OrderRequest::uuid);
        if (victims.isEmpty()) {
            invalid.add(new InvalidField(
                    "victims",
                    "must be a list of "
                            + Arrays.stream(Victim.values()).map(Victim::text).toList()));
        }
        if (at.isEmpty()) {
            invalid.add(new InvalidField("at", "must be one of " + Arrays.toString(BreakPoint.values())));
        }
        if (orderId.isEmpty() && json.containsKey("orderId")) {
            invalid.add(new InvalidField("orderId", "must be a UUID of 36 characters"));
        }
        if (!invalid.isEmpty()) {
            throw new ProblemException(HttpProblems.invalidRequest(invalid));
        }
        return new PlannedBreak(victims, at.orElseThrow(), orderId);
    }

    /** Whether it is meant for what has an id; without an order, any will do. */
    boolean isAbout(String id) {
        return orderId.map(UUID::toString).map(id::equals).orElse(true);
    }

    private static Set<Victim> victims(JsonValue json) {
        Set<Victim> victims = EnumSet.noneOf(Victim.class);
        if (json instanceof JsonArray names) {
            for (JsonValue name : names) {
                Optional<Victim> victim = JsonFields.string(name).flatMap(Victim::of);
                if (victim.isEmpty()) {
                    return Set.of();
                }
                victims.add(victim.get());
            }
        }
        return victims;
    }

    private static Optional<BreakPoint> point(String name) {
        return Arrays.stream(BreakPoint.values())
                .filter(point -> point.name().equals(name))
                .findAny();
    }
}
