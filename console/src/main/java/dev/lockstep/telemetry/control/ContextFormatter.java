package dev.lockstep.telemetry.control;

import jakarta.json.Json;
import jakarta.json.JsonBuilderFactory;
import jakarta.json.JsonObjectBuilder;
import java.util.Map;
import java.util.logging.Formatter;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.stream.Collectors;

/**
 * Adds to what another formatter writes what is known of the thread's work: to a JSON object further members, to text a bracket at the
 * end of its first line. A record must be formatted by the thread that logs it, as the handlers of the JDK do. What strangers can have
 * written is made {@link Printable}, and a {@link Repetition} is counted: then what is written of a record is nothing.
 */
final class ContextFormatter extends Formatter {

    private static final JsonBuilderFactory JSON = Json.createBuilderFactory(Map.of());
    private static final Map<String, String> SHORT = Map.of("orderId", "order", "globalId", "tx", "traceId", "trace");

    /** Payara's formatter puts the lines of a message between these. */
    private static final String LINES_FOLLOW = " [[";

    private final Formatter inner;
    private final Repetition repetition = new Repetition(System::nanoTime);

    ContextFormatter(Formatter inner) {
        this.inner = inner;
    }

    /** {@return the formatter that was there before} */
    Formatter inner() {
        return inner;
    }

    @Override
    public String format(LogRecord record) {
        return repetition.toWrite(record).stream()
                .map(line -> written(line, line == record ? RequestContext.facts() : Map.of()))
                .collect(Collectors.joining());
    }

    private String written(LogRecord record, Map<String, String> facts) {
        String written = inner.format(record);
        if (written.startsWith("{")) {
            return Printable.json(withMembers(written, record, facts));
        }
        String text = Printable.text(written);
        return facts.isEmpty() || text.isBlank() ? text : withBracket(text, facts);
    }

    /** With an exception, Payara's JSON formatter has the message inside of the stack trace's object, where nobody would look for it. */
    private String withMembers(String written, LogRecord record, Map<String, String> facts) {
        boolean isMessageHidden = record.getThrown() != null && record.getMessage() != null;
        if (facts.isEmpty() && !isMessageHidden) {
            return written;
        }
        JsonObjectBuilder members = JSON.createObjectBuilder();
        if (isMessageHidden) {
            members.add("LogMessage", formatMessage(record)); // not the inner one's, which gives the whole object
        }
        facts.forEach(members::add);
        int end = written.lastIndexOf('}');
        return written.substring(0, end) + "," + members.build().toString().substring(1) + written.substring(end + 1);
    }

    private static String withBracket(String written, Map<String, String> facts) {
        String bracket = facts.entrySet().stream()
                .map(fact -> SHORT.getOrDefault(fact.getKey(), fact.getKey()) + "=" + fact.getValue())
                .collect(Collectors.joining(" ", " [", "]"));
        int lineEnd = written.indexOf('\n');
        int end = lineEnd < 0 ? written.length() : lineEnd;
        String line = written.substring(0, end).stripTrailing();
        if (line.endsWith(LINES_FOLLOW)) {
            line = line.substring(0, line.length() - LINES_FOLLOW.length());
            return line + bracket + LINES_FOLLOW + written.substring(end);
        }
        return line + bracket + written.substring(end);
    }

    @Override
    public String getHead(Handler handler) {
        return inner.getHead(handler);
    }

    @Override
    public String getTail(Handler handler) {
        return inner.getTail(handler);
    }
}
