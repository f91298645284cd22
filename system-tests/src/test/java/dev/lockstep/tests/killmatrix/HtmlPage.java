package dev.lockstep.tests.killmatrix;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The report for a browser: one file, no script.
 *
 * @param report what it tells
 */
record HtmlPage(Report report) {

    private static final String HEAD = """
            <!DOCTYPE html>
            <html lang="en">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <title>The kill matrix</title>
            <style>
            :root { color-scheme: light dark; --bad: light-dark(#ffd9d6, #5c1f1b); --good: light-dark(#dff5e3, #173d22);
                    --line: light-dark(#ccc, #555); }
            body { font: 15px/1.5 system-ui, sans-serif; margin: 2rem auto; max-width: 100rem; padding: 0 1rem; }
            .scroll { overflow-x: auto; }
            table { border-collapse: collapse; }
            th, td { border: 1px solid var(--line); padding: .3rem .5rem; text-align: left; font-weight: normal; }
            thead th, tbody th { font-weight: 600; }
            tbody th { position: sticky; left: 0; background: Canvas; }
            td.good { background: var(--good); }
            td.bad { background: var(--bad); font-weight: 600; }
            dl { display: grid; grid-template-columns: max-content auto; gap: 0 1rem; }
            dt { font-weight: 600; } dd { margin: 0; }
            </style>
            </head>
            <body>
            <h1>The kill matrix</h1>
            """;

    String text() {
        return HEAD
                + "<dl>\n"
                + report.facts().entrySet().stream()
                        .map(fact ->
                                "<dt>" + escaped(fact.getKey()) + "</dt><dd>" + escaped(fact.getValue()) + "</dd>\n")
                        .collect(Collectors.joining())
                + "</dl>\n<p>" + escaped(Report.LEGEND) + "</p>\n"
                + report.participations().stream().map(this::section).collect(Collectors.joining())
                + leftOut()
                + "</body>\n</html>\n";
    }

    private String leftOut() {
        return report.leftOut().isEmpty()
                ? ""
                : "<h2>Not tried</h2>\n<ul>\n"
                        + report.leftOut().stream()
                                .map(cell -> "<li>" + escaped(cell) + "</li>\n")
                                .collect(Collectors.joining())
                        + "</ul>\n";
    }

    private String section(Participation participation) {
        return "<h2>" + escaped(participation.toString()) + "</h2>\n<p>" + escaped(report.summary(participation))
                + ".</p>\n<div class=\"scroll\"><table>\n<thead><tr><th scope=\"col\">point</th>"
                + Arrays.stream(Victim.values())
                        .map(victim -> "<th scope=\"col\">" + escaped(victim.toString()) + "</th>")
                        .collect(Collectors.joining())
                + "</tr></thead>\n<tbody>\n"
                + Arrays.stream(Point.values())
                        .map(point -> row(participation, point))
                        .collect(Collectors.joining())
                + "</tbody>\n</table></div>\n" + remarks(participation);
    }

    private String row(Participation participation, Point point) {
        return "<tr><th scope=\"row\">" + escaped(point.toString()) + "</th>"
                + Arrays.stream(Victim.values())
                        .map(victim -> field(participation, point, victim))
                        .collect(Collectors.joining())
                + "</tr>\n";
    }

    private String field(Participation participation, Point point, Victim victim) {
        return report.of(participation, point, victim)
                .map(result -> "<td class=\"" + (result.isGood() ? "good\">" : "bad\">✘ ")
                        + escaped(Report.field(result)) + "</td>")
                .orElse(point.isKnownTo(participation) ? "<td></td>" : "<td>n/a</td>");
    }

    private String remarks(Participation participation) {
        List<CellResult> remarkable = report.of(participation).stream()
                .filter(result -> !Report.remarks(result).isEmpty())
                .toList();
        return remarkable.isEmpty()
                ? ""
                : "<h3>Remarks</h3>\n<ul>\n"
                        + remarkable.stream()
                                .map(result -> "<li>" + escaped(result.cell().toString()) + " (client: "
                                        + escaped(result.answer().toString()) + "): "
                                        + escaped(String.join("; ", Report.remarks(result))) + "</li>\n")
                                .collect(Collectors.joining())
                        + "</ul>\n";
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }
}
