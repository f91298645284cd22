package dev.lockstep.console.control;

import dev.lockstep.journal.State;
import dev.lockstep.journal.Story;
import dev.lockstep.participant.observe.Subject;
import dev.lockstep.web.HttpProblems;
import dev.lockstep.web.InvalidField;
import dev.lockstep.web.ProblemException;
import dev.lockstep.web.stream.OrderNames;
import jakarta.servlet.http.HttpServletRequest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Which transactions a client wants to see.
 *
 * @param states in these states; empty for all
 * @param participant with a branch in this database; empty for all
 * @param order about the order, or whatever else, with this id, whose name its client then sees; empty for all
 * @param text in lower case; what their global id, or a subject's id or title contains; empty for all
 * @param products or, with a text, these products
 * @param names what the client sees of titles, by which alone it may find them
 * @param offset how many of them are passed over, the youngest first
 * @param limit how many at most
 */
public record TransactionFilter(
        Set<State> states,
        String participant,
        String order,
        String text,
        Set<String> products,
        OrderNames names,
        int offset,
        int limit) {

    private static final int LIMIT_DEFAULT = 100;
    private static final int LIMIT_MAX = 500;
    private static final int OFFSET_MAX = 99_999;

    /**
     * Reads a query.
     *
     * @param request the request
     * @param names what the client sees of orders' names
     * @return the filter
     * @throws ProblemException 400 naming each parameter at fault
     */
    public static TransactionFilter of(HttpServletRequest request, OrderNames names) {
        List<InvalidField> invalid = new ArrayList<>();
        Set<State> states = values(request, "state")
                .filter(name -> isState(name, invalid))
                .map(State::valueOf)
                .collect(Collectors.toSet());
        int limit = number("limit", request, 1, LIMIT_MAX, LIMIT_DEFAULT, invalid);
        int offset = number("offset", request, 0, OFFSET_MAX, 0, invalid);
        if (!invalid.isEmpty()) {
            throw new ProblemException(HttpProblems.invalidRequest(invalid));
        }
        return new TransactionFilter(
                states,
                value(request, "participant"),
                value(request, "order"),
                value(request, "text").strip().toLowerCase(Locale.ROOT),
                values(request, "product").collect(Collectors.toSet()),
                names,
                offset,
                limit);
    }

    private static boolean isState(String name, List<InvalidField> invalid) {
        boolean isState =
                Arrays.stream(State.values()).anyMatch(state -> state.name().equals(name));
        if (!isState) {
            invalid.add(new InvalidField("state", "must be one of " + Arrays.toString(State.values())));
        }
        return isState;
    }

    private static int number(
            String name, HttpServletRequest request, int min, int max, int missing, List<InvalidField> invalid) {
        String text = request.getParameter(name);
        if (text == null) {
            return missing;
        }
        // No more digits than an int is sure to hold.
        if (!text.matches("0|[1-9][0-9]{0,8}") || Integer.parseInt(text) < min || Integer.parseInt(text) > max) {
            invalid.add(new InvalidField(name, "must be a whole number between " + min + " and " + max));
            return missing;
        }
        return Integer.parseInt(text);
    }

    private static Stream<String> values(HttpServletRequest request, String name) {
        String[] values = request.getParameterValues(name);
        return values == null ? Stream.empty() : Arrays.stream(values).filter(value -> !value.isEmpty());
    }

    private static String value(HttpServletRequest request, String name) {
        String value = request.getParameter(name);
        return value == null ? "" : value;
    }

    /**
     * Judges a transaction, but for its state.
     *
     * @param story the transaction
     * @return whether it is wanted if its state is
     */
    public boolean isAbout(Story story) {
        boolean isOfParticipant = participant.isEmpty()
                || story.branches().keySet().stream()
                        .anyMatch(member -> member.participant().equals(participant));
        boolean isOfOrder = order.isEmpty()
                || story.subjects().stream().anyMatch(subject -> subject.id().equalsIgnoreCase(order));
        return isOfParticipant && isOfOrder && (text.isEmpty() || contains(story));
    }

    private boolean contains(Story story) {
        return story.globalId().toLowerCase(Locale.ROOT).contains(text)
                || story.subjects().stream().anyMatch(this::contains);
    }

    private boolean contains(Subject subject) {
        return subject.id().toLowerCase(Locale.ROOT).contains(text)
                || names.of(subject.title()).toLowerCase(Locale.ROOT).contains(text)
                || products.contains(subject.facts().get("productId"));
    }

    /**
     * Judges a state.
     *
     * @param state of a transaction
     * @return whether it is wanted
     */
    public boolean isIn(State state) {
        return states.isEmpty() || states.contains(state);
    }
}
