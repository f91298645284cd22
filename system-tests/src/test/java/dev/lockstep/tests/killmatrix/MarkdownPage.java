package dev.lockstep.tests.killmatrix;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The report for readers of the repository.
 *
 * @param report what it tells
 */
record MarkdownPage(Report report) {

    String text() {
        return "# The kill matrix\n\n"
                + report.facts().entrySet().stream()
                        .map(fact -> "- " + fact.getKey() + ": " + fact.getValue() + "\n")
                        .collect(Collectors.joining())
                + "\n" + Report.LEGEND + "\n"
                + report.participations().stream().map(this::table).collect(Collectors.joining())
                + leftOut();
    }

    private String leftOut() {
        return report.leftOut().isEmpty()
                ? ""
                : "\n## Not tried\n\n"
                        + report.leftOut().stream()
                                .map(cell -> "- " + cell + "\n")
                                .collect(Collectors.joining());
    }

    private String table(Participation participation) {
        List<Victim> victims = List.of(Victim.values());
        return "\n## " + participation + "\n\n" + report.summary(participation) + ".\n\n"
                + row("point", victims.stream().map(Victim::toString).toList())
                + row("---", victims.stream().map(victim -> "---").toList())
                + Arrays.stream(Point.values())
                        .map(point -> row(
                                point.toString(),
                                victims.stream()
                                        .map(victim -> field(participation, point, victim))
                                        .toList()))
                        .collect(Collectors.joining())
                + remarks(participation);
    }

    private String field(Participation participation, Point point, Victim victim) {
        return report.of(participation, point, victim)
                .map(result -> (result.isGood() ? "" : "**✘** ") + Report.field(result))
                .orElse(point.isKnownTo(participation) ? "" : "n/a");
    }

    private static String row(String head, List<String> fields) {
        return "| " + head + " | " + String.join(" | ", fields) + " |\n";
    }

    private String remarks(Participation participation) {
        String remarks = report.of(participation).stream()
                .filter(result -> !Report.remarks(result).isEmpty())
                .map(result -> "- " + result.cell() + " (client: " + result.answer() + "): "
                        + String.join("; ", Report.remarks(result)) + "\n")
                .collect(Collectors.joining());
        return remarks.isEmpty() ? "" : "\n" + remarks;
    }
}
