package dev.lockstep.shop.ticket.boundary;

import dev.lockstep.order.ticket.TicketState;
import dev.lockstep.web.HttpProblems;
import dev.lockstep.web.InvalidField;
import dev.lockstep.web.ProblemException;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.OptionalInt;

/**
 * What a request asks of all tickets.
 *
 * @param isOfFailed whether for the tickets that FAILED; otherwise for the queues
 * @param limit how many at most
 * @param before of the tickets those with a lower number only
 * @param productId of the queues the one of this product only
 * @param from otherwise those of this product, and of higher ones
 */
record TicketQuery(boolean isOfFailed, int limit, long before, OptionalInt productId, int from) {

    static final int LIMIT_DEFAULT = 100;
    static final int LIMIT_MAX = 500;

    /**
     * Reads a request.
     *
     * @throws ProblemException 400 naming the parameter at fault
     */
    static TicketQuery of(HttpServletRequest request) {
        String state = request.getParameter("state");
        if (state != null && !state.equals(TicketState.FAILED.name())) {
            throw invalid("state", "must be FAILED, or be left out");
        }
        String productId = request.getParameter("productId");
        return new TicketQuery(
                state != null,
                (int) number(request, "limit", LIMIT_DEFAULT, 1, LIMIT_MAX),
                number(request, "before", Long.MAX_VALUE, 1, Long.MAX_VALUE),
                productId == null
                        ? OptionalInt.empty()
                        : OptionalInt.of((int) number(request, "productId", 0, Integer.MIN_VALUE, Integer.MAX_VALUE)),
                (int) number(request, "from", Integer.MIN_VALUE, Integer.MIN_VALUE, Integer.MAX_VALUE));
    }

    /** The address of the next tickets, after the one of a number. */
    String before(long number) {
        return "?state=FAILED&limit=" + limit + "&before=" + number;
    }

    /** The address of the next queues, beginning with that of a product. */
    String from(int product) {
        return "?limit=" + limit + "&from=" + product;
    }

    private static long number(HttpServletRequest request, String name, long missing, long min, long max) {
        String text = request.getParameter(name);
        if (text == null) {
            return missing;
        }
        if (text.matches("-?[0-9]{1,18}")) {
            long value = Long.parseLong(text);
            if (value >= min && value <= max) {
                return value;
            }
        }
        throw invalid(name, "must be a whole number between " + min + " and " + max);
    }

    private static ProblemException invalid(String parameter, String detail) {
        return new ProblemException(HttpProblems.invalidRequest(List.of(new InvalidField(parameter, detail))));
    }
}
