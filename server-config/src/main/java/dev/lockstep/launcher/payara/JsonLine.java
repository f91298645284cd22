package dev.lockstep.launcher.payara;

import java.util.List;
import java.util.stream.Stream;

/** A line of Payara's log in JSON: a flat object of strings, but for an exception, which has its message and stack trace inside. */
final class JsonLine {

    private final String json;

    private JsonLine(String json) {
        this.json = json;
    }

    /**
     * Reads a line of either format.
     *
     * @param line the line
     * @return the same if it is text, or else what it would be in text, with a line for each of its message and stack trace
     */
    static Stream<String> asText(String line) {
        return line.startsWith("{") ? new JsonLine(line).asText() : Stream.of(line);
    }

    private Stream<String> asText() {
        String head = member("LoggerName") + " [levelValue: " + member("LevelValue") + "] ";
        return List.of("LogMessage", "Exception", "StackTrace").stream()
                .map(this::member)
                .filter(text -> !text.isEmpty())
                .flatMap(text -> (head + text).lines());
    }

    /** The value of the first member of a name, without its escapes, empty if there is none. */
    private String member(String name) {
        String key = '"' + name + "\":\"";
        int found = json.indexOf(key);
        StringBuilder value = new StringBuilder();
        for (int i = found + key.length(); found >= 0 && i < json.length() && json.charAt(i) != '"'; i++) {
            char next = json.charAt(i);
            if (next == '\\' && i + 1 < json.length()) {
                i++;
                next = unescaped(json.charAt(i));
            }
            value.append(next);
        }
        return value.toString();
    }

    /** Escapes by number are of characters that no message is recognised by; they are left as they are. */
    private static char unescaped(char escaped) {
        return switch (escaped) {
            case 'n' -> '\n';
            case 'r' -> '\r';
            case 't' -> '\t';
            default -> escaped;
        };
    }
}
