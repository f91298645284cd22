package dev.lockstep.web;

import java.util.regex.Pattern;

/** What a person may write in one line for others to read: the rule of the order service for names, for whoever has no order service. */
public final class VisibleLine {

    /** Spaces, marks that stand on nothing, and letters and symbols that are drawn as nothing. */
    private static final String UNSEEN = "\\p{Zs}\\p{Cf}\\p{Mn}\\p{Me}\\u115F\\u1160\\u2800\\u3164\\uFFA0";

    /** Control characters, halves of a surrogate pair, line separators, and what turns the writing direction. */
    private static final String HARMFUL = "\\p{Cc}\\p{Cs}\\p{Zl}\\p{Zp}\\u202A-\\u202E\\u2066-\\u2069";

    private static final Pattern RULE =
            Pattern.compile("[" + UNSEEN + "&&[^" + HARMFUL + "]]*+[^" + UNSEEN + HARMFUL + "][^" + HARMFUL + "]*+");

    private VisibleLine() {}

    /**
     * Tells whether a text can be stored, is seen, and leaves the text around it alone.
     *
     * @param text the text, not null
     * @param max the most characters (Unicode code points)
     * @return whether it has at most so many, one of them visible, and none that is harmful
     */
    public static boolean isWithin(String text, int max) {
        return text.codePointCount(0, text.length()) <= max
                && RULE.matcher(text).matches();
    }
}
