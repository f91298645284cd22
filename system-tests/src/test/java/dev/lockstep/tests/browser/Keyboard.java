package dev.lockstep.tests.browser;

import com.microsoft.playwright.Page;

/** Goes through a page by the tabulator key. */
final class Keyboard {

    /** No page has more stops before what a test looks for. */
    static final int MOST_STOPS = 30;

    /** What has the focus: its label or text. */
    private static final String FOCUSED = """
            () => {
              const focused = document.activeElement;
              return (focused.labels?.[0] ?? focused).innerText.trim().split('\\n')[0];
            }""";

    private Keyboard() {}

    /** Presses the key once; returns what has the focus then. */
    static String tab(Page page) {
        page.keyboard().press("Tab");
        return (String) page.evaluate(FOCUSED);
    }

    /** Presses it until what has this label or text has the focus. */
    static void tabTo(Page page, String label) {
        for (int i = 0; i < MOST_STOPS; i++) {
            if (tab(page).equals(label)) {
                return;
            }
        }
        throw new AssertionError("Not within " + MOST_STOPS + " stops: " + label);
    }
}
