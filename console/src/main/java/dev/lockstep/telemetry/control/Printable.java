package dev.lockstep.telemetry.control;

import java.util.Locale;
import java.util.regex.Pattern;

/**
 * What a formatter has written, fit to be read in a terminal. Strangers have a hand in log lines: by the method, the address or a header of a
 * request, which Payara's own lines repeat. So control characters, and those that hide or turn text, are escaped by their numbers; a word has
 * 256 characters at most, a line 2,048, and what is cut off leaves a "…"; and no line within a message begins as a record does.
 */
final class Printable {

    private static final int LONGEST_WORD = 256;
    private static final int LONGEST_LINE = 2_048;
    private static final int UNICODE_ESCAPE = 6;

    /** What Payara's text has behind the parts of a record that it has made up itself, with colours if it was told so. */
    private static final String LAST_OF_HEAD = "[levelValue: ";

    private static final Pattern COLOUR = Pattern.compile("\\x1b\\[[0-9;]*m");

    private final String written;
    private final boolean isJson;
    private final StringBuilder shown;
    private int word;
    private int line;
    private boolean isCut;

    private Printable(String written, boolean isJson) {
        this.written = written;
        this.isJson = isJson;
        this.shown = new StringBuilder(written.length());
    }

    /**
     * Makes records in Payara's text printable.
     *
     * @param written one record
     * @return the same, without colours
     */
    static String text(String written) {
        int body = Math.max(0, written.indexOf(LAST_OF_HEAD));
        String head = COLOUR.matcher(written.substring(0, body)).replaceAll("");
        return head + new Printable(written.substring(body), false).shown();
    }

    /**
     * Makes a JSON object printable.
     *
     * @param written one object, in a line
     * @return an object with the same members, in a line
     */
    static String json(String written) {
        return new Printable(written, true).shown();
    }

    private String shown() {
        int next = 0;
        while (next < written.length()) {
            String unit = unitAt(next);
            show(unit);
            next += unit.length();
            if (!isJson && unit.equals("\n") && next < written.length() && written.charAt(next) == '[') {
                shown.append("  ");
            }
        }
        return shown.toString();
    }

    /** A character, or one with its escape in JSON: half of it would be no JSON any more. */
    private String unitAt(int i) {
        boolean isEscape = isJson && written.charAt(i) == '\\' && i + 1 < written.length();
        int length = !isEscape ? 1 : written.charAt(i + 1) == 'u' ? UNICODE_ESCAPE : 2;
        return written.substring(i, Math.min(written.length(), i + length));
    }

    private void show(String unit) {
        boolean isLineEnd = unit.equals("\n") || (isJson && (unit.equals("\"") || unit.equals("\\n")));
        boolean isWordEnd = isLineEnd || unit.isBlank() || (isJson && unit.equals("\\t"));
        word = isWordEnd ? 0 : word + 1;
        line = isLineEnd ? 0 : line;
        if (word <= LONGEST_WORD && line < LONGEST_LINE) {
            shown.append(mayBeShown(unit.charAt(0)) ? unit : escaped(unit.charAt(0)));
            line = isLineEnd ? 0 : line + 1;
            isCut = false;
        } else if (!isCut) {
            shown.append('…');
            isCut = true;
        }
    }

    private static boolean mayBeShown(char character) {
        return switch (Character.getType(character)) {
            case Character.CONTROL -> character == '\n' || character == '\t';
            case Character.FORMAT, Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR -> false;
            default -> true;
        };
    }

    private static String escaped(char character) {
        return String.format(Locale.ROOT, "\\u%04x", (int) character);
    }
}
