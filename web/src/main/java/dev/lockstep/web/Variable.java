package dev.lockstep.web;

import java.util.Map;
import java.util.regex.Pattern;

/**
 * An environment variable that the application itself reads. The launcher has checked it before; on a Payara of one's own nobody has.
 *
 * @param name of the variable
 * @param value what it is set to; empty if it is not set
 */
public record Variable(String name, String value) {

    private static final Pattern NUMBER = Pattern.compile("[0-9]{1,8}");

    /**
     * Looks for a variable.
     *
     * @param environment the process's environment
     * @param name of the variable
     * @return the variable
     */
    public static Variable of(Map<String, String> environment, String name) {
        return new Variable(name, environment.getOrDefault(name, ""));
    }

    /**
     * Reads a number.
     *
     * @param missing what it is if the variable is not set
     * @param min the least
     * @param max the most, at most 8 digits
     * @param unit what is counted, in the plural
     * @return the number
     * @throws IllegalArgumentException naming the variable, its value and the limit
     */
    public int number(int missing, int min, int max, String unit) {
        if (value.isEmpty()) {
            return missing;
        }
        int number = NUMBER.matcher(value).matches() ? Integer.parseInt(value) : -1;
        if (number < min || number > max) {
            throw refused(unit + ", " + min + " to " + max);
        }
        return number;
    }

    /**
     * Reads a yes or no.
     *
     * @return whether it is set to true
     * @throws IllegalArgumentException naming the variable, its value and the limit
     */
    public boolean isTrue() {
        return matching(Pattern.compile("true|false|"), "true or false").equals("true");
    }

    /**
     * Reads a text.
     *
     * @param pattern what it must be
     * @param limit the same in words
     * @return the text; empty only if the pattern allows it
     * @throws IllegalArgumentException naming the variable, its value and the limit
     */
    public String matching(Pattern pattern, String limit) {
        if (!pattern.matcher(value).matches()) {
            throw refused(limit);
        }
        return value;
    }

    private IllegalArgumentException refused(String limit) {
        return new IllegalArgumentException(name + "=" + value + " must be " + limit);
    }
}
