package dev.lockstep.benchmarks;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/**
 * The rates as a drawing: a panel for each demand, a line for each candidate, a decade between the thick lines of the grid.
 *
 * @param results what is drawn
 */
record Chart(Results results) {

    private static final int WIDTH = 290;
    private static final int HEIGHT = 300;
    private static final int LEFT = 60;
    private static final int TOP = 40;
    private static final int GAP = 40;
    private static final int ROW = 20;

    /** Told apart by those who see few colours, and by their order in the legend. */
    private static final List<String> COLORS =
            List.of("#000000", "#888888", "#56b4e9", "#d55e00", "#e69f00", "#0072b2", "#009e73", "#cc79a7", "#7a5195");

    /** {@return the drawing, for a white page} */
    String svg() {
        int panels = results.contest().demands().size();
        int width = LEFT + panels * (WIDTH + GAP);
        int height = TOP + HEIGHT + 50 + results.standings().size() * ROW;
        return "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"" + width + "\" height=\"" + height
                + "\" font-family=\"sans-serif\" font-size=\"12\">\n<title>Orders a second</title>\n"
                + "<rect width=\"100%\" height=\"100%\" fill=\"white\"/>\n"
                + IntStream.range(0, panels).mapToObj(this::panel).collect(Collectors.joining())
                + legend()
                + "</svg>\n";
    }

    private String panel(int number) {
        Demand demand = results.contest().demands().get(number);
        StringBuilder panel =
                new StringBuilder("<g transform=\"translate(" + (LEFT + number * (WIDTH + GAP)) + " " + TOP + ")\">\n");
        panel.append(text(0, -15, "start", demand.title() + ", orders a second"));
        for (int decade = lowest(); decade <= highest(); decade++) {
            double y = y(Math.pow(10, decade));
            panel.append(line("#ccc", 1, "0," + round(y) + " " + WIDTH + "," + round(y)));
            panel.append(text(-5, y + 4, "end", String.format(Locale.ROOT, "%,.0f", Math.pow(10, decade))));
        }
        List<Integer> clients = results.contest().clients();
        for (int i = 0; i < clients.size(); i++) {
            panel.append(text(x(i), HEIGHT + 18, "middle", clients.get(i).toString()));
        }
        panel.append(text(WIDTH / 2.0, HEIGHT + 34, "middle", "clients"));
        for (int index = 0; index < results.standings().size(); index++) {
            panel.append(rates(index, demand));
        }
        return panel.append("</g>\n").toString();
    }

    private String rates(int index, Demand demand) {
        List<Integer> clients = results.contest().clients();
        String points = IntStream.range(0, clients.size())
                .mapToObj(i -> round(x(i)) + "," + round(y(results.rate(index, clients.get(i), demand))))
                .collect(Collectors.joining(" "));
        String dots = IntStream.range(0, clients.size())
                .mapToObj(i -> "<circle r=\"3\" fill=\"" + color(index) + "\" cx=\"" + round(x(i)) + "\" cy=\""
                        + round(y(results.rate(index, clients.get(i), demand))) + "\"/>\n")
                .collect(Collectors.joining());
        return line(color(index), 2, points) + dots;
    }

    private String legend() {
        return IntStream.range(0, results.standings().size())
                .mapToObj(index -> {
                    int y = TOP + HEIGHT + 60 + index * ROW;
                    return line(color(index), 3, LEFT + "," + (y - 4) + " " + (LEFT + 25) + "," + (y - 4))
                            + text(
                                    LEFT + 32.0,
                                    y,
                                    "start",
                                    results.standings().get(index).rival().title());
                })
                .collect(Collectors.joining());
    }

    private static String color(int index) {
        return COLORS.get(index % COLORS.size());
    }

    private double x(int place) {
        int places = results.contest().clients().size();
        return (place + 0.5) * WIDTH / places;
    }

    private double y(double rate) {
        return HEIGHT * (highest() - Math.log10(Math.max(1, rate))) / (highest() - lowest());
    }

    /** The decade below the smallest rate, as a power of ten. */
    private int lowest() {
        return (int) Math.floor(Math.log10(rates().min().orElseThrow()));
    }

    private int highest() {
        return Math.max(lowest() + 1, (int) Math.ceil(Math.log10(rates().max().orElseThrow())));
    }

    private DoubleStream rates() {
        return results.contest().demands().stream()
                .flatMap(demand -> results.contest().clients().stream().flatMap(number -> IntStream.range(
                                0, results.standings().size())
                        .mapToObj(index -> results.rate(index, number, demand))))
                .mapToDouble(rate -> Math.max(1, rate));
    }

    private static String line(String color, int width, String points) {
        return "<polyline fill=\"none\" stroke=\"" + color + "\" stroke-width=\"" + width + "\" points=\"" + points
                + "\"/>\n";
    }

    private static String text(double x, double y, String anchor, String text) {
        return "<text x=\"" + round(x) + "\" y=\"" + round(y) + "\" text-anchor=\"" + anchor + "\">"
                + text.replace("&", "&amp;").replace("<", "&lt;") + "</text>\n";
    }

    private static String round(double number) {
        return String.format(Locale.ROOT, "%.1f", number);
    }
}
