package dev.lockstep.benchmarks;

import dev.lockstep.benchmarks.Restarts.Life;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;

/**
 * What came of the first minutes of servers.
 *
 * @param clients how many ordered at the same time
 * @param seconds the length of a window
 * @param lives of each variant, by the options of its JVM
 * @param machine where it was measured, a list in Markdown
 */
record RestartsReport(int clients, int seconds, Map<String, List<Life>> lives, String machine) {

    /** {@return the report, in Markdown} */
    String page() {
        return "# The first minutes of a server\n\n"
                + "| | start to first order, s | orders/s, first " + seconds + " s | orders/s, all | orders/s, last "
                + seconds
                + " s | p99, first " + seconds + " s, ms | p99, last, ms | memory, MB |\n|---|" + "---:|".repeat(7)
                + "\n"
                + lives.entrySet().stream()
                        .map(variant -> row(named(variant.getKey()), variant.getValue()))
                        .collect(Collectors.joining())
                + "\nMedians of " + lives.values().iterator().next().size() + " lives each, in turn; " + clients
                + " clients, many products, from the first order on. Each order with a yes is in the databases, once.\n\n"
                + machine;
    }

    static String named(String options) {
        return options.isEmpty() ? "as delivered" : "`" + options + "`";
    }

    private static String row(String name, List<Life> lives) {
        return String.format(
                Locale.ROOT,
                "| %s | %.1f | %.0f | %.0f | %.0f | %.1f | %.1f | %.0f |%n",
                name,
                median(lives, Life::start),
                median(lives, life -> first(life).perSecond()),
                median(lives, RestartsReport::all),
                median(lives, life -> last(life).perSecond()),
                median(lives, life -> first(life).millis(99)),
                median(lives, life -> last(life).millis(99)),
                median(lives, Life::megabytes));
    }

    private static double median(List<Life> lives, ToDoubleFunction<Life> number) {
        return Spread.of(lives, number).median();
    }

    private static Load first(Life life) {
        return life.windows().get(0).load();
    }

    private static Load last(Life life) {
        return life.windows().get(life.windows().size() - 1).load();
    }

    private static double all(Life life) {
        return life.windows().stream()
                .mapToDouble(window -> window.load().perSecond())
                .average()
                .orElseThrow();
    }

    /** {@return a life in a line} */
    static String words(Life life) {
        return String.format(Locale.ROOT, "first order after %.1f s, then ", life.start())
                + life.windows().stream()
                        .map(window ->
                                String.format(Locale.ROOT, "%.0f", window.load().perSecond()))
                        .collect(Collectors.joining(", "))
                + " a second, " + life.megabytes() + " MB";
    }
}
