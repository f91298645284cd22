package dev.lockstep.order.boundary;

import java.util.Set;

/** What a person may write in one line for others to read. */
public final class VisibleText {

    /** Letters and symbols that are drawn as nothing: fillers of Hangul, and the Braille pattern without dots. */
    private static final Set<Integer> BLANKS = Set.of(0x115F, 0x1160, 0x2800, 0x3164, 0xFFA0);

    private VisibleText() {}

    /**
     * Tells whether a text can be stored, is seen, and leaves the text around it alone.
     *
     * @param text the text, may be null
     * @param max the most characters (Unicode code points)
     * @return whether it has at most so many, one of them visible, and none that is a control character, a line separator, an override,
     *     embedding or isolation of the writing direction, or half of a surrogate pair
     */
    public static boolean isWithin(String text, int max) {
        return text != null
                && text.codePointCount(0, text.length()) <= max
                && text.codePoints().noneMatch(VisibleText::isHarmful)
                && text.codePoints().anyMatch(VisibleText::isVisible);
    }

    /** U+0000 breaks PostgreSQL's text, the others break logs and lines; a lone surrogate is no character at all. */
    private static boolean isHarmful(int codePoint) {
        return switch (Character.getType(codePoint)) {
            case Character.CONTROL, Character.SURROGATE, Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR ->
                true;
            default -> isDirection(codePoint);
        };
    }

    /** LRE, RLE, PDF, LRO and RLO; LRI, RLI, FSI and PDI. The marks, which are wanted beside digits, turn nothing around. */
    private static boolean isDirection(int codePoint) {
        return (codePoint >= 0x202A && codePoint <= 0x202E) || (codePoint >= 0x2066 && codePoint <= 0x2069);
    }

    /** A mark alone has nothing to stand on. What this Java does not know yet may be an emoji of tomorrow. */
    private static boolean isVisible(int codePoint) {
        return switch (Character.getType(codePoint)) {
            case Character.SPACE_SEPARATOR, Character.FORMAT, Character.NON_SPACING_MARK, Character.ENCLOSING_MARK ->
                false;
            default -> !BLANKS.contains(codePoint);
        };
    }
}
