package dev.lockstep.shop.order;

import dev.lockstep.order.boundary.NewOrder;
import dev.lockstep.web.HttpProblems;
import dev.lockstep.web.InvalidField;
import dev.lockstep.web.ProblemException;
import jakarta.servlet.http.HttpServletRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * Which orders a client wants to see, newest first.
 *
 * @param limit how many at most
 * @param before the id of the order after which the list begins; null for the newest
 * @param name what their names contain, in any case; empty for all, and always with {@code before}
 */
public record OrderListing(int limit, UUID before, String name) {

    private static final int LIMIT_DEFAULT = 50;
    private static final int LIMIT_MAX = 500;

    /**
     * Reads a query.
     *
     * @param request the request
     * @return what is wanted
     * @throws ProblemException 400 naming each parameter at fault
     */
    public static OrderListing of(HttpServletRequest request) {
        List<InvalidField> invalid = new ArrayList<>();
        int limit = limit(request.getParameter("limit"), invalid);
        UUID before = before(request.getParameter("before"), invalid);
        String name = name(request.getParameter("name"), invalid);
        if (before != null && !name.isEmpty()) {
            invalid.add(new InvalidField("before", "cannot go with name, of which only the newest are listed"));
        }
        if (!invalid.isEmpty()) {
            throw new ProblemException(HttpProblems.invalidRequest(invalid));
        }
        return new OrderListing(limit, before, name);
    }

    private static int limit(String text, List<InvalidField> invalid) {
        if (text == null) {
            return LIMIT_DEFAULT;
        }
        int limit = text.matches("[0-9]{1,4}") ? Integer.parseInt(text) : 0;
        if (limit < 1 || limit > LIMIT_MAX) {
            invalid.add(new InvalidField("limit", "must be a whole number between 1 and " + LIMIT_MAX));
        }
        return limit;
    }

    private static UUID before(String text, List<InvalidField> invalid) {
        Optional<UUID> before = Optional.ofNullable(text).flatMap(OrderRequest::uuid);
        if (text != null && before.isEmpty()) {
            invalid.add(new InvalidField("before", "must be an orderId, a UUID of 36 characters"));
        }
        return before.orElse(null);
    }

    private static String name(String text, List<InvalidField> invalid) {
        String name = text == null ? "" : text.strip();
        if (!name.isEmpty() && !NewOrder.isValidName(name)) {
            invalid.add(new InvalidField(
                    "name",
                    "must be text of at most " + NewOrder.NAME_MAX + " characters, without control characters"));
        }
        return name;
    }
}
