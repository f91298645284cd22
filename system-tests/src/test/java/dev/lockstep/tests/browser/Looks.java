package dev.lockstep.tests.browser;

import com.microsoft.playwright.options.ColorScheme;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.provider.Arguments;

/** The looks in which a page is inspected besides the usual one: width, scheme and language. */
final class Looks {

    /** Where {@code @MethodSource} finds them. */
    static final String ALL = "dev.lockstep.tests.browser.Looks#all";

    private Looks() {}

    /** In every build the one that differs most from the usual one; all where pictures of each state are wanted. */
    static List<Arguments> all() {
        if (!Boolean.getBoolean("lockstep.screenshots")) {
            return List.of(Arguments.of(360, ColorScheme.DARK, "zh-CN"));
        }
        List<Arguments> all = new ArrayList<>();
        for (int width : List.of(360, 1400)) {
            for (ColorScheme scheme : List.of(ColorScheme.LIGHT, ColorScheme.DARK)) {
                for (String locale : List.of("en-GB", "zh-CN")) {
                    all.add(Arguments.of(width, scheme, locale));
                }
            }
        }
        return all;
    }
}
