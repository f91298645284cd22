package dev.lockstep.participant.observe;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What a transaction is about, in its application's words: an order, say, or a transfer. Whoever watches transactions finds them by it.
 *
 * @param id tells it from others of its application; everybody who may see the transaction sees it
 * @param title what people call it, perhaps empty; a stranger does not see it
 * @param facts what else is worth knowing, by name, in this order; a stranger does not see them
 */
public record Subject(String id, String title, Map<String, String> facts) {

    /** An id has at most so many characters. */
    public static final int ID_MAX = 100;

    /** A title has at most so many characters. */
    public static final int TITLE_MAX = 200;

    /** There are at most so many facts. */
    public static final int FACTS_MAX = 10;

    /** A fact has at most so many characters, and so has its name. */
    public static final int FACT_MAX = 200;

    /**
     * Takes a copy of the facts.
     *
     * @throws IllegalArgumentException if the id is blank, or if a limit is passed; it says which one
     */
    public Subject {
        if (id.isBlank()) {
            throw new IllegalArgumentException("The id of a subject must not be blank");
        }
        require("Its id", id, ID_MAX);
        require("The title of the subject " + id, title, TITLE_MAX);
        if (facts.size() > FACTS_MAX) {
            throw new IllegalArgumentException(
                    "The subject " + id + " has " + facts.size() + " facts; the limit is " + FACTS_MAX);
        }
        Map<String, String> copy = new LinkedHashMap<>(facts);
        copy.forEach((name, fact) -> {
            require("The name of a fact of the subject " + id, name, FACT_MAX);
            require("The fact " + name + " of the subject " + id, fact, FACT_MAX);
        });
        facts = Collections.unmodifiableMap(copy);
    }

    private static void require(String what, String text, int max) {
        int length = text.codePointCount(0, text.length());
        if (length > max) {
            throw new IllegalArgumentException(what + " has " + length + " characters; the limit is " + max);
        }
    }

    /** {@return its id alone, since events are logged and the rest may be personal} */
    @Override
    public String toString() {
        return "Subject[" + id + "]";
    }
}
