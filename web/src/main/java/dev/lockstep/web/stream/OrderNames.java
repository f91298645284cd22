package dev.lockstep.web.stream;

import dev.lockstep.web.Variable;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Map;

/**
 * What a reader of a list, or of a stream, sees of the names that customers gave their orders, and of the titles and facts of other subjects. It
 * keeps them out of sight, not secret: whoever has an order's id may ask for that order.
 */
public enum OrderNames {
    /** All of them. */
    SHOWN,
    /** {@link #MASK} in the place of each. */
    MASKED;

    private static final String SETTING = "LOCKSTEP_SHOW_NAMES";

    /** As long for every name: its length would tell something, too. */
    public static final String MASK = "•••";

    private static final boolean EVERYBODY_SEES_THEM =
            System.getenv().getOrDefault(SETTING, "").equals("true");

    /**
     * Checks the setting.
     *
     * @param environment the process's environment
     * @return whether everybody sees all names
     * @throws IllegalArgumentException naming the variable, its value and the limit
     */
    public static boolean areForEverybody(Map<String, String> environment) {
        return Variable.of(environment, SETTING).isTrue();
    }

    /**
     * Tells what a client may see: an operator all, a stranger none, unless a setting shows them to everybody.
     *
     * @param request the client's request
     * @return what it may see
     */
    public static OrderNames to(HttpServletRequest request) {
        return EVERYBODY_SEES_THEM || request.isUserInRole("operator") ? SHOWN : MASKED;
    }

    /**
     * Masks a name, if need be.
     *
     * @param orderName the name, not null
     * @return what is seen of it
     */
    public String of(String orderName) {
        return this == SHOWN ? orderName : MASK;
    }
}
