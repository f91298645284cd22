package dev.lockstep.shop.ticket.control;

import dev.lockstep.journal.Step;
import dev.lockstep.journal.Step.Kind;
import dev.lockstep.participant.observe.Subject;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * What is known here of one ticket, from its client's request to its end.
 *
 * @param ticketId the ticket, and the order that it is for
 * @param order what is wanted
 * @param steps the request first, the others in the order in which they were made
 * @param together how many tickets were served together with it, itself included; 0 before it was served
 */
record TicketStory(UUID ticketId, Subject order, List<Step> steps, int together) {

    private static final String ORDERS = "orders";
    private static final String PRODUCT = "product";

    static TicketStory given(UUID ticketId, Subject order, Instant asked, Instant from, Instant to) {
        return new TicketStory(
                ticketId,
                order,
                List.of(
                        Step.begun(Kind.REQUEST, "", asked),
                        step(Kind.GIVE, ORDERS, from).ended(to, "")),
                0);
    }

    private static Step step(Kind kind, String participant, Instant from) {
        return Step.begun(kind, participant, from);
    }

    TicketStory answered(Instant at, int status) {
        Step request = request().ended(at, Integer.toString(status));
        return new TicketStory(
                ticketId,
                order,
                Stream.concat(Stream.of(request), steps.stream().skip(1)).toList(),
                together);
    }

    /**
     * Adds how it was served. A worker may have asked for the queue before this ticket was there, or read it before it was noted;
     * it did so for this ticket from then on only.
     */
    TicketStory served(Serving serving, Instant settled) {
        boolean isGranted = serving.granted().contains(ticketId());
        Stream<Step> service = Stream.of(
                step(Kind.CALL, ORDERS, notBeforeGiven(serving.began())).ended(notBeforeGiven(serving.called()), ""),
                step(Kind.TAKE, PRODUCT, serving.taking()).ended(serving.taken(), isGranted ? "GRANTED" : "REFUSED"),
                step(Kind.SETTLE, ORDERS, serving.taken()).ended(settled, isGranted ? "READY" : "SOLD_OUT"));
        return new TicketStory(
                ticketId,
                order,
                Stream.concat(steps.stream(), service).toList(),
                serving.ticketIds().size());
    }

    private Instant notBeforeGiven(Instant time) {
        Instant given = steps.get(1).to();
        return time.isBefore(given) ? given : time;
    }

    Step request() {
        return steps.get(0);
    }

    /** READY, SOLD_OUT, or empty as long as it waits. */
    String state() {
        return isServed() ? steps.get(steps.size() - 1).outcome() : "";
    }

    private boolean isServed() {
        return together > 0;
    }

    /** It may be served before its client has read that it was given. */
    boolean isOver() {
        return isServed() && !request().isOpen();
    }
}
