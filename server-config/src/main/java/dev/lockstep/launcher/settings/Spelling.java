package dev.lockstep.launcher.settings;

import java.util.Arrays;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * A variable that is no setting, though it may be meant for one.
 *
 * @param variable its name
 */
record Spelling(String variable) {

    /** So many letters may be wrong at most, and no more than half of a short name. */
    private static final int MOST_SLIPS = 3;

    /** {@return the setting that is spelt nearly so, if there is one} */
    Optional<Setting> nearest() {
        return Arrays.stream(Setting.values())
                .filter(setting ->
                        slips(setting) <= Math.min(MOST_SLIPS, setting.name().length() / 2))
                .min(Comparator.comparingInt(this::slips));
    }

    /** Letters that are missing, too many or wrong: the Levenshtein distance, line by line. */
    private int slips(Setting setting) {
        String written = variable.toUpperCase(Locale.ROOT);
        String meant = setting.variable();
        int[] above = IntStream.rangeClosed(0, meant.length()).toArray();
        for (int i = 1; i <= written.length(); i++) {
            int[] line = new int[above.length];
            line[0] = i;
            for (int j = 1; j < line.length; j++) {
                int wrong = written.charAt(i - 1) == meant.charAt(j - 1) ? 0 : 1;
                line[j] = Math.min(above[j - 1] + wrong, 1 + Math.min(above[j], line[j - 1]));
            }
            above = line;
        }
        return above[meant.length()];
    }
}
