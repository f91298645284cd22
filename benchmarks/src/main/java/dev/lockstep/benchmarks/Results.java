package dev.lockstep.benchmarks;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.IntFunction;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;

/**
 * What came of the comparison of everybody.
 *
 * @param contest what was chosen
 * @param standings the candidates
 * @param rounds of each point, those of each candidate
 * @param machine where it was measured, a list in Markdown
 */
record Results(Contest contest, List<Standing> standings, Map<Parameters, List<List<Round>>> rounds, String machine) {

    private static final int CLIENTS_OF_COSTS = 64;

    /** {@return the report, in Markdown} */
    String page() {
        return "# Everybody at the same two databases\n\n![Orders a second](" + Contest.NAME + ".svg)\n\n"
                + contest.demands().stream().map(this::chapter).collect(Collectors.joining())
                + "## The candidates\n\n"
                + "| | made of | start to first order, s | memory at the end / at most, MB | warm-up |\n|---|---|---:|---:|---|\n"
                + standings.stream().map(Standing::row).collect(Collectors.joining())
                + "\n"
                + contest.rounds() + " rounds of " + contest.seconds() + " s count at each point.\n\n"
                + remarks()
                + machine;
    }

    private String remarks() {
        return String.format(Locale.ROOT, """
                - All work with the same two databases. One is under load at a time; the others are up, and idle.
                - In each round all take turns, in an order that changes. Medians are of the rounds, and a ratio is that of two medians.
                - A candidate is warm when three rounds in a row were at most 5 %% faster than its fastest one before them: its rate no longer climbs. Then \
                comes one round at each point that does not count.
                - Each of the %d orders with a yes in the rounds that count, and each one before, is written once. Each product's stock lacks what was \
                ordered of it.
                - Each has at most %d connections to each database, and a heap of at most 1 GB. Recovery is on in every server.
                - A start is the first one. Lockstep's later ones are faster: they have an archive of classes.
                - Log and forced writes are PostgreSQL's, of both databases. A server's own transaction log is forced besides. Backends tell their forced writes \
                once a second, so up to a second of a round is counted in the next one.
                - The processor time of a bare loop is its clients'. That of a server has in it what the idle ones use; in a loop's line it is only that.
                - A client of a bare loop may be overtaken by others while it waits for a connection. So a loop's p99 tells of the loop, and not of the commit.
                """, yeses(), BareLoop.CONNECTIONS);
    }

    private long yeses() {
        return rounds.values().stream()
                .flatMap(List::stream)
                .flatMap(List::stream)
                .mapToLong(round -> round.load().placed().size())
                .sum();
    }

    private String chapter(Demand demand) {
        int clients = contest.clients().contains(CLIENTS_OF_COSTS)
                ? CLIENTS_OF_COSTS
                : contest.clients().get(contest.clients().size() - 1);
        return "## " + demand.title() + "\n\nOrders a second; in brackets the ratio to the first line.\n\n"
                + table(columns(), index -> cells(demand, index, Results::rates))
                + "\nResponse time, p50 / p99, ms.\n\n"
                + table(columns(), index -> cells(demand, index, Results::times))
                + "\nWhat an order costs, with " + clients + " clients.\n\n"
                + table(
                        List.of("server, µs", "databases, µs", "clients, µs", "bytes of log", "forced writes"),
                        index -> costs(of(clients, demand).get(index)))
                + "\n";
    }

    private List<String> columns() {
        return contest.clients().stream().map(number -> number + " clients").toList();
    }

    private String table(List<String> columns, IntFunction<List<String>> cells) {
        StringBuilder table = new StringBuilder(
                "| | " + String.join(" | ", columns) + " |\n|---|" + "---:|".repeat(columns.size()) + "\n");
        for (int index = 0; index < standings.size(); index++) {
            table.append("| ")
                    .append(standings.get(index).rival().title())
                    .append(" | ")
                    .append(String.join(" | ", cells.apply(index)))
                    .append(" |\n");
        }
        return table.toString();
    }

    /** What a table says of a candidate, beside the first one, at a point. */
    private interface Cell {

        String of(List<Round> base, List<Round> own);
    }

    private List<String> cells(Demand demand, int index, Cell cell) {
        return contest.clients().stream()
                .map(number -> of(number, demand))
                .map(point -> cell.of(point.get(0), point.get(index)))
                .toList();
    }

    private static String rates(List<Round> base, List<Round> own) {
        return String.format(
                Locale.ROOT,
                "%.0f (%.2f)",
                median(own, Results::perSecond),
                median(own, Results::perSecond) / median(base, Results::perSecond));
    }

    private static String times(List<Round> base, List<Round> own) {
        long refused =
                own.stream().mapToLong(round -> round.load().refusals().size()).sum();
        return String.format(
                        Locale.ROOT,
                        "%.1f / %.1f",
                        median(own, round -> round.load().millis(50)),
                        median(own, round -> round.load().millis(99)))
                + (refused == 0 ? "" : ", " + refused + " refused");
    }

    private static List<String> costs(List<Round> own) {
        List<String> costs = new ArrayList<>();
        costs.add(number(
                "%.0f", own, round -> round.microsEach(round.processorTime().servers())));
        costs.add(number(
                "%.0f", own, round -> round.microsEach(round.processorTime().databases())));
        costs.add(number(
                "%.0f", own, round -> round.microsEach(round.processorTime().clients())));
        costs.add(number("%.0f", own, round -> round.each(round.writes().bytes())));
        costs.add(number("%.2f", own, round -> round.each(round.writes().forced())));
        return costs;
    }

    private static String number(String format, List<Round> own, ToDoubleFunction<Round> number) {
        return String.format(Locale.ROOT, format, median(own, number));
    }

    private static double median(List<Round> own, ToDoubleFunction<Round> number) {
        return Spread.of(own, number).median();
    }

    private static double perSecond(Round round) {
        return round.load().perSecond();
    }

    /** {@return the rounds of each candidate at a point} */
    private List<List<Round>> of(int clients, Demand demand) {
        return rounds.get(contest.point(clients, demand));
    }

    /** {@return a candidate's median of orders a second at a point} */
    double rate(int index, int clients, Demand demand) {
        return median(of(clients, demand).get(index), Results::perSecond);
    }

    /** {@return a line for each round, and a head} */
    String csv() {
        StringBuilder lines =
                new StringBuilder("rival,demand,clients,round,yes,refused,orders_per_second,p50_ms,p99_ms,max_ms,"
                        + "server_us,databases_us,clients_us,log_bytes,forced_writes\n");
        rounds.forEach((point, candidates) -> {
            for (int index = 0; index < candidates.size(); index++) {
                for (int number = 0; number < candidates.get(index).size(); number++) {
                    lines.append(
                            line(point, index, number + 1, candidates.get(index).get(number)));
                }
            }
        });
        return lines.toString();
    }

    private String line(Parameters point, int index, int number, Round round) {
        Load load = round.load();
        return String.format(
                Locale.ROOT,
                "%s,%s,%d,%d,%d,%d,%.1f,%.3f,%.3f,%.3f,%.1f,%.1f,%.1f,%.0f,%.3f%n",
                standings.get(index).rival(),
                point.demand(),
                point.clients(),
                number,
                load.placed().size(),
                load.refusals().size(),
                load.perSecond(),
                load.millis(50),
                load.millis(99),
                load.millis(100),
                round.microsEach(round.processorTime().servers()),
                round.microsEach(round.processorTime().databases()),
                round.microsEach(round.processorTime().clients()),
                round.each(round.writes().bytes()),
                round.each(round.writes().forced()));
    }
}
