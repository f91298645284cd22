package dev.lockstep.web.door.control;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HexFormat;

/**
 * The path of a request, as it stands in the request line. The container decodes and cleans a path before it looks for a servlet, but shows the
 * original to filters; so two spellings of one address would be two things to a filter, and one to a servlet.
 *
 * @param path up to the question mark, not decoded, not null
 */
public record Address(String path) {

    private static final String UNRESERVED = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~";
    private static final String PLAIN = UNRESERVED + "/!$&'()*+,=:@";

    /** An escaped letter is a second spelling of it, an escaped slash a separator to some, and nothing of ours has other than ASCII in its address. */
    private static final String ESCAPABLE = " !\"#$&'()*+,:<=>?@[]^`{|}";

    private static final String API = "/api";
    private static final int ESCAPE_LENGTH = 3;

    /** {@return whether this is the one spelling that is served: no needless escape, no parameter, no step that is empty or begins with a dot} */
    public boolean isCanonical() {
        for (int i = 0; i < path.length(); i++) {
            if (isEscape(i) && ESCAPABLE.indexOf(escaped(i)) >= 0) {
                i += ESCAPE_LENGTH - 1;
            } else if (PLAIN.indexOf(path.charAt(i)) < 0) {
                return false;
            }
        }
        return path.startsWith("/") && !path.contains("//") && !path.contains("/.");
    }

    /** {@return whether it belongs to the JSON API, or would if it were canonical} */
    public boolean isOfApi() {
        String cleaned = cleaned();
        return cleaned.equals(API) || cleaned.startsWith(API + '/');
    }

    /** It decoded, without parameters, empty and dotted steps: how a reader would take it. */
    private String cleaned() {
        Deque<String> steps = new ArrayDeque<>();
        for (String step : decoded().split("/", -1)) {
            String name = step.split(";", 2)[0];
            if (name.equals("..")) {
                steps.pollLast();
            } else if (!name.isEmpty() && !name.equals(".")) {
                steps.addLast(name);
            }
        }
        return "/" + String.join("/", steps);
    }

    private String decoded() {
        StringBuilder decoded = new StringBuilder();
        for (int i = 0; i < path.length(); i++) {
            if (isEscape(i)) {
                decoded.append(escaped(i));
                i += ESCAPE_LENGTH - 1;
            } else {
                decoded.append(path.charAt(i));
            }
        }
        return decoded.toString();
    }

    private boolean isEscape(int index) {
        return path.charAt(index) == '%'
                && index + ESCAPE_LENGTH <= path.length()
                && HexFormat.isHexDigit(path.charAt(index + 1))
                && HexFormat.isHexDigit(path.charAt(index + 2));
    }

    private char escaped(int index) {
        return (char) HexFormat.fromHexDigits(path, index + 1, index + ESCAPE_LENGTH);
    }
}
