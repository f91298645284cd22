package dev.lockstep.shop.ticket.boundary;

import dev.lockstep.shop.order.OrderRequest;
import dev.lockstep.web.HttpProblems;
import dev.lockstep.web.ProblemException;
import jakarta.servlet.http.HttpServletRequest;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a request below {@code /api/tickets} is about.
 *
 * @param part which resource
 * @param ticketId the ticket; null for {@link Part#ALL}
 */
record TicketPath(Part part, UUID ticketId) {

    private static final Pattern FORM = Pattern.compile("/([^/]+)(/events|/retry|/refuse)?");

    enum Part {
        /** All tickets. */
        ALL,
        /** One ticket. */
        ONE,
        /** What becomes of it. */
        EVENTS,
        /** Let it wait again. */
        RETRY,
        /** Refuse it. */
        REFUSE
    }

    /** {@return what the request is about; there may be no such ticket} */
    static TicketPath of(HttpServletRequest request) {
        String path = request.getPathInfo();
        if (path == null || path.equals("/")) {
            return new TicketPath(Part.ALL, null);
        }
        Matcher form = FORM.matcher(path);
        if (!form.matches()) {
            throw notFound(request);
        }
        UUID id = OrderRequest.uuid(form.group(1)).orElseThrow(() -> notFound(request));
        return new TicketPath(part(form.group(2)), id);
    }

    private static Part part(String suffix) {
        if (suffix == null) {
            return Part.ONE;
        }
        return switch (suffix) {
            case "/events" -> Part.EVENTS;
            case "/retry" -> Part.RETRY;
            default -> Part.REFUSE;
        };
    }

    private static ProblemException notFound(HttpServletRequest request) {
        return new ProblemException(HttpProblems.notFound(request.getRequestURI()));
    }
}
