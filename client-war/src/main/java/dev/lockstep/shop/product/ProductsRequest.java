package dev.lockstep.shop.product;

import dev.lockstep.order.boundary.NewOrder;
import dev.lockstep.web.HttpProblems;
import dev.lockstep.web.InvalidField;
import dev.lockstep.web.ProblemException;
import jakarta.servlet.http.HttpServletRequest;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;

/**
 * Which products {@code GET /api/products} is to list.
 *
 * @param ids just these; empty: a page
 * @param search what they are searched by
 * @param after the last product of the page before
 * @param limit how many at most
 */
public record ProductsRequest(List<Integer> ids, Optional<String> search, OptionalInt after, OptionalInt limit) {

    /** The most products of one answer. */
    public static final int PRODUCTS_MAX = 200;

    private static final String ID = "id";
    private static final String SEARCH = "search";
    private static final String AFTER = "after";
    private static final String LIMIT = "limit";

    /**
     * Reads the parameters.
     *
     * @param request the request
     * @return what it asks for
     * @throws ProblemException 400 naming each parameter at fault
     */
    public static ProductsRequest of(HttpServletRequest request) {
        List<InvalidField> invalid = new ArrayList<>();
        List<Integer> ids = ids(request, invalid);
        Optional<String> search =
                Optional.ofNullable(request.getParameter(SEARCH)).filter(text -> !text.isBlank());
        if (search.isPresent() && !NewOrder.isValidName(search.get())) {
            invalid.add(new InvalidField(
                    SEARCH,
                    "must be text of at most " + NewOrder.NAME_MAX + " characters, without control characters"));
        }
        OptionalInt after = number(request, AFTER, Integer.MIN_VALUE, Integer.MAX_VALUE, invalid);
        OptionalInt limit = number(request, LIMIT, 1, PRODUCTS_MAX, invalid);
        if (!invalid.isEmpty()) {
            throw new ProblemException(HttpProblems.invalidRequest(invalid));
        }
        return new ProductsRequest(ids, search, after, limit);
    }

    private static List<Integer> ids(HttpServletRequest request, List<InvalidField> invalid) {
        String[] texts = request.getParameterValues(ID);
        if (texts == null) {
            return List.of();
        }
        if (Stream.of(SEARCH, AFTER, LIMIT).anyMatch(name -> request.getParameter(name) != null)) {
            invalid.add(new InvalidField(ID, "does not go together with " + SEARCH + ", " + AFTER + " or " + LIMIT));
        }
        List<Integer> ids =
                Stream.of(texts).flatMap(text -> integer(text).stream()).toList();
        if (ids.size() < texts.length || ids.size() > PRODUCTS_MAX) {
            invalid.add(new InvalidField(ID, "must be whole numbers, at most " + PRODUCTS_MAX));
        }
        return ids;
    }

    private static OptionalInt number(
            HttpServletRequest request, String name, int min, int max, List<InvalidField> invalid) {
        String text = request.getParameter(name);
        if (text == null) {
            return OptionalInt.empty();
        }
        Optional<Integer> number = integer(text).filter(value -> value >= min && value <= max);
        if (number.isEmpty()) {
            invalid.add(new InvalidField(name, "must be a whole number between " + min + " and " + max));
        }
        return number.map(OptionalInt::of).orElseGet(OptionalInt::empty);
    }

    /** {@link Integer#parseInt} alone accepts the digits of every script. */
    private static Optional<Integer> integer(String text) {
        try {
            return text.matches("-?[0-9]{1,10}") ? Optional.of(Integer.parseInt(text)) : Optional.empty();
        } catch (NumberFormatException e) { // a little more than an int holds
            return Optional.empty();
        }
    }

    /**
     * The address of the next page.
     *
     * @param path where the products are
     * @param last the last product of this page
     * @return a reference relative to the server
     */
    public String next(String path, int last) {
        StringBuilder next =
                new StringBuilder(path).append('?').append(AFTER).append('=').append(last);
        limit.ifPresent(most -> next.append('&').append(LIMIT).append('=').append(most));
        search.ifPresent(text ->
                next.append('&').append(SEARCH).append('=').append(URLEncoder.encode(text, StandardCharsets.UTF_8)));
        return next.toString();
    }
}
