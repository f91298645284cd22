package dev.lockstep.benchmarks;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What was measured, as a page in Markdown. */
record Report(Comparison comparison, Parameters parameters, String machine, List<Round> base, List<Round> other) {

    private static final String COUNT = "%.0f";
    private static final String MILLIS = "%.2f";

    private static final List<Line> LINES = List.of(
            new Line("answers with yes per second", COUNT, round -> round.load().perSecond()),
            new Line("served per second", COUNT, Round::servedPerSecond),
            new Line("p50, ms", MILLIS, round -> round.load().millis(50)),
            new Line("p99, ms", MILLIS, round -> round.load().millis(99)),
            new Line("max, ms", MILLIS, round -> round.load().millis(100)),
            new Line(
                    "processor time of Payara for each, µs",
                    COUNT,
                    round -> round.microsEach(round.processorTime().servers())),
            new Line(
                    "… of the databases, µs",
                    COUNT,
                    round -> round.microsEach(round.processorTime().databases())),
            new Line(
                    "… of its client, µs",
                    COUNT,
                    round -> round.microsEach(round.processorTime().clients())));

    String page() {
        return "# " + base.get(0).candidate().name() + " beside "
                + other.get(0).candidate().name() + "\n\n"
                + table()
                + "\nMedians of " + parameters.rounds() + " rounds of " + parameters.seconds()
                + " s each, in turn, after " + parameters.warmup() + " to warm up; in brackets the smallest and the"
                + " largest. The last column is the median of the rounds' ratios.\n\n" + median() + "- "
                + parameters.pace() + ", "
                + parameters.products()
                + " products\n- Each of the "
                + rounds().mapToLong(round -> round.load().placed().size()).sum()
                + " orders with a yes is in the databases, once, and the stock lacks what they ordered; "
                + rounds().mapToLong(round -> round.load().refusals().size()).sum()
                + " requests had another answer" + refusals() + "\n- " + comparison.remark() + "\n" + machine;
    }

    /** The table alone. */
    String table() {
        return row("", base.get(0).candidate().name(), other.get(0).candidate().name(), "second : first")
                + "|---|---:|---:|---:|\n"
                + LINES.stream()
                        .map(line -> row(
                                line.title(),
                                Spread.of(base, line::of).format(line.format()),
                                Spread.of(other, line::of).format(line.format()),
                                Spread.ofRatios(base, other, line::of).format("%.2f")))
                        .collect(Collectors.joining());
    }

    /** How sure the median of the first line's ratios is, and what follows. */
    private String median() {
        double[] ratios = Spread.ratios(base, other, round -> round.load().perSecond());
        return "- Median ratio of the answers a second: "
                + Interval.ofMedian(ratios).map(Interval::toString).orElse("too few rounds to say where it lies")
                + "\n" + comparison.verdict(ratios);
    }

    private Stream<Round> rounds() {
        return Stream.concat(base.stream(), other.stream());
    }

    private String refusals() {
        Map<String, Long> kinds = rounds().flatMap(round -> round.load().refusals().stream())
                .collect(Collectors.groupingBy(answer -> answer.substring(0, 3), Collectors.counting()));
        return kinds.isEmpty() ? "" : " " + kinds;
    }

    private static String row(String... cells) {
        return "| " + String.join(" | ", cells) + " |\n";
    }
}
