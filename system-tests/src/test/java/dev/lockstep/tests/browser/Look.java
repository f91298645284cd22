package dev.lockstep.tests.browser;

import com.microsoft.playwright.Browser.NewContextOptions;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.ReducedMotion;

/**
 * How a visitor's browser shows pages.
 *
 * @param width of the window, in CSS pixels
 * @param scheme light or dark
 * @param locale the language the browser asks for, as a BCP 47 tag
 * @param motion whether it asks pages to move less
 */
record Look(int width, ColorScheme scheme, String locale, ReducedMotion motion) {

    private static final int HEIGHT = 1000;

    /** A wide window, light, in English. */
    static final Look USUAL = new Look(1400, ColorScheme.LIGHT, "en-GB");

    /** Nothing moves by itself: else a picture could show, and axe judge, something half faded in. */
    Look(int width, ColorScheme scheme, String locale) {
        this(width, scheme, locale, ReducedMotion.REDUCE);
    }

    Look withLocale(String other) {
        return new Look(width, scheme, other, motion);
    }

    Look withMotion() {
        return new Look(width, scheme, locale, ReducedMotion.NO_PREFERENCE);
    }

    NewContextOptions options() {
        return new NewContextOptions()
                .setViewportSize(width, HEIGHT)
                .setColorScheme(scheme)
                .setLocale(locale)
                .setReducedMotion(motion);
    }
}
