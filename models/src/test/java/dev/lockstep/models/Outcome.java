package dev.lockstep.models;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a verifier found.
 *
 * @param printed all that it printed
 */
record Outcome(String printed) {

    private static final Pattern ERRORS = Pattern.compile("errors: (\\d+)");
    private static final Pattern ERROR = Pattern.compile("^pan:\\d+: (.*) \\(at depth \\d+\\)$", Pattern.MULTILINE);
    private static final Pattern STATES = Pattern.compile("(\\d+) states, stored");
    private static final Pattern SECONDS = Pattern.compile("elapsed time ([0-9.]+) seconds");
    private static final Pattern UNREACHED =
            Pattern.compile("^\\s+\\S+\\.pml:\\d+, state \\d+, \"(?!-end-)", Pattern.MULTILINE);
    private static final Pattern MEGABYTES = Pattern.compile("([0-9.]+)\\s+total actual memory usage");

    /** Every state was visited. */
    Outcome assertComplete() {
        assertThat(printed)
                .contains("Full statespace search")
                .doesNotContain("max search depth too small")
                .doesNotContain("Search not completed")
                .doesNotContain("out of memory");
        return this;
    }

    /** Every statement of the model was of some use. */
    Outcome assertReached() {
        assertThat(printed).doesNotContainPattern(UNREACHED);
        return this;
    }

    boolean isWithoutError() {
        return first(ERRORS).equals("0");
    }

    String error() {
        return isWithoutError() ? "no error" : first(ERROR);
    }

    long states() {
        return Long.parseLong(first(STATES));
    }

    String seconds() {
        return first(SECONDS);
    }

    String megabytes() {
        return first(MEGABYTES);
    }

    private String first(Pattern pattern) {
        Matcher matcher = pattern.matcher(printed);
        assertThat(matcher.find()).as("%s in %s", pattern, printed).isTrue();
        return matcher.group(1);
    }
}
