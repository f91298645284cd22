package dev.lockstep.tests.browser;

import com.deque.html.axecore.playwright.AxeBuilder;
import com.microsoft.playwright.Page;
import java.util.List;

/** What axe finds wrong with a page, for those who cannot see it well or use no mouse. */
final class Accessibility {

    /** WCAG 2.2, levels A and AA; contrast of colours included. */
    private static final List<String> RULES = List.of("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa");

    private static final String AXE = "() => {" + AxeBuilder.getAxeScript() + "}";

    /** The builder's own way brings over all that is right, too, node by node: that is nearly half of what a run costs. */
    private static final String RUN = """
            async (tags) => {
              const found = await axe.run({ runOnly: { type: 'tag', values: tags }, resultTypes: ['violations'] });
              return found.violations.map(({ id, help, nodes }) =>
                [`${id}: ${help}`, ...nodes.map(({ html, failureSummary }) => `${html} ${failureSummary}`)].join('\\n'));
            }""";

    private Accessibility() {}

    /** {@return the violations, each with its rule, where it was found, and what to do; none is as it must be} */
    static List<?> violations(Page page) {
        if (page.evaluate("() => typeof axe").equals("undefined")) {
            page.evaluate(AXE);
        }
        return (List<?>) page.evaluate(RUN, RULES);
    }
}
