package dev.lockstep.benchmarks;

import dev.lockstep.benchmarks.Growth.GrownRound;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;

/**
 * What came of a shop that grows.
 *
 * @param seconds how long each round lasted
 * @param rounds the points, in turn
 * @param machine where it was measured, a list in Markdown
 */
record GrowthReport(int seconds, List<GrownRound> rounds, String machine) {

    /** What is told of a point in the page, and in the table for programs. */
    private static final String ROW =
            "| %s | %,d | %,d | %d | %d | %.0f | %.1f | %.1f | %.0f | %d | %.0f | %.0f | %.0f | %.3f | %.2f | %s |%n";

    private static final String LINE = "%s,%d,%d,%d,%d,%.1f,%.3f,%.3f,%.3f,%d,%.1f,%.1f,%.0f,%.3f,%.3f,%s%n";

    private static final int LEFT = 210;
    private static final int WIDTH = 260;
    private static final int GAP = 90;
    private static final int TOP = 40;
    private static final int STEP = 24;

    /** {@return the report, in Markdown} */
    String page() {
        return "# A shop that grows\n\n![Orders a second, and the slowest of a hundred](" + Growth.NAME + ".svg)\n\n"
                + "| | orders before | products | servers | clients | orders/s | p50, ms | p99, ms | max, ms | refused | server, µs | databases, µs"
                + " | bytes of log | whole pages in it | forced writes | memory, MB |\n"
                + "|---|" + "---:|".repeat(15) + "\n"
                + rounds.stream().map(one -> told(ROW, one)).collect(Collectors.joining())
                + "\nEach point lasted " + seconds
                + " s, while somebody had the order page open. Each order with a yes is written once, and each"
                + " product's stock lacks what was ordered of it. Times of processors, log, pages and forced writes are of one order.\n\n"
                + machine;
    }

    private static String told(String format, GrownRound one) {
        Round round = one.round();
        Load load = round.load();
        return String.format(
                Locale.ROOT,
                format,
                one.point(),
                one.orders(),
                round.shelf().size(),
                one.point().servers(),
                clients(one),
                load.perSecond(),
                load.millis(50),
                load.millis(99),
                load.millis(100),
                load.refusals().size(),
                round.microsEach(round.processorTime().servers()),
                round.microsEach(round.processorTime().databases()),
                round.each(round.writes().bytes()),
                round.each(round.writes().pages()),
                round.each(round.writes().forced()),
                megabytes(one));
    }

    private static int clients(GrownRound one) {
        return one.point().parameters(1).clients();
    }

    private static String megabytes(GrownRound one) {
        return one.megabytes().stream().map(String::valueOf).collect(Collectors.joining(" + "));
    }

    /** {@return a line for each point, and a head} */
    String csv() {
        return "point,orders,products,servers,clients,orders_per_second,p50_ms,p99_ms,max_ms,refused,"
                + "server_us,databases_us,log_bytes,log_pages,forced_writes,megabytes\n"
                + rounds.stream().map(one -> told(LINE, one)).collect(Collectors.joining());
    }

    /** {@return bars, for a white page} */
    String svg() {
        int height = TOP + rounds.size() * STEP + 10;
        int width = LEFT + 2 * (WIDTH + GAP);
        return "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"" + width + "\" height=\"" + height
                + "\" font-family=\"sans-serif\" font-size=\"12\">\n<title>A shop that grows</title>\n"
                + "<rect width=\"100%\" height=\"100%\" fill=\"white\"/>\n"
                + names()
                + bars(LEFT, "orders a second", "#0072b2", one -> one.round()
                        .load()
                        .perSecond())
                + bars(LEFT + WIDTH + GAP, "p99, ms", "#d55e00", one -> one.round()
                        .load()
                        .millis(99))
                + "</svg>\n";
    }

    private String names() {
        StringBuilder names = new StringBuilder();
        for (int i = 0; i < rounds.size(); i++) {
            names.append(text(LEFT - 8, y(i) + 14, "end", rounds.get(i).point().toString()));
        }
        return names.toString();
    }

    private String bars(int left, String title, String color, ToDoubleFunction<GrownRound> number) {
        double most = Math.max(1, rounds.stream().mapToDouble(number).max().orElse(1));
        StringBuilder bars = new StringBuilder(text(left, TOP - 14, "start", title));
        for (int i = 0; i < rounds.size(); i++) {
            double value = number.applyAsDouble(rounds.get(i));
            double length = WIDTH * value / most;
            bars.append(String.format(
                    Locale.ROOT,
                    "<rect x=\"%d\" y=\"%d\" width=\"%.1f\" height=\"%d\" fill=\"%s\"/>%n",
                    left,
                    y(i),
                    length,
                    STEP - 6,
                    color));
            bars.append(text(left + (int) length + 5, y(i) + 14, "start", String.format(Locale.ROOT, "%,.0f", value)));
        }
        return bars.toString();
    }

    private static int y(int place) {
        return TOP + place * STEP;
    }

    private static String text(int x, int y, String anchor, String text) {
        return "<text x=\"" + x + "\" y=\"" + y + "\" text-anchor=\"" + anchor + "\">" + text + "</text>\n";
    }
}
