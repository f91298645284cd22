package dev.lockstep.tests.killmatrix;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** The matrix as it stands, written anew after each cell: {@code kill-matrix.md} and {@code kill-matrix.html}. */
final class Report {

    /** How to read a field. */
    static final String LEGEND =
            "Each field: whether the order was placed, and the time from the victim's return until the client had"
                    + " its answer and nothing was prepared. A database is back when it accepts connections, a network when it lets"
                    + " everything pass, Payara when it takes orders; its resolver, or its recovery, begins before that.";

    private final Path folder;
    private final Map<String, String> facts;
    private final List<CellResult> results = new ArrayList<>();
    private final List<String> leftOut = new ArrayList<>();

    /**
     * An empty matrix.
     *
     * @param folder where the pages go
     * @param facts what was tried, on what
     */
    Report(Path folder, Map<String, String> facts) {
        this.folder = folder;
        this.facts = facts;
    }

    void add(CellResult result) {
        results.add(result);
        write();
    }

    /** A cell that could not be tried. */
    void leaveOut(Participation participation, Cell cell, String reason) {
        leftOut.add(participation + ", " + cell + ": " + reason);
        write();
    }

    private void write() {
        try {
            Files.writeString(folder.resolve("kill-matrix.md"), new MarkdownPage(this).text());
            Files.writeString(folder.resolve("kill-matrix.html"), new HtmlPage(this).text());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Map<String, String> facts() {
        return facts;
    }

    /** The cells that could not be tried, and why. */
    List<String> leftOut() {
        return leftOut;
    }

    /** By what databases took part in at least one cell. */
    List<Participation> participations() {
        return Stream.of(Participation.values())
                .filter(participation -> !of(participation).isEmpty())
                .toList();
    }

    List<CellResult> of(Participation participation) {
        return results.stream()
                .filter(result -> result.participation() == participation)
                .toList();
    }

    Optional<CellResult> of(Participation participation, Point point, Victim victim) {
        return of(participation).stream()
                .filter(result -> result.cell().equals(new Cell(point, victim)))
                .findFirst();
    }

    long violated(Participation participation) {
        return of(participation).stream().filter(result -> !result.isGood()).count();
    }

    /** The time to heal that this share of the cells did not exceed; zero if no cell healed. */
    Duration healPercentile(Participation participation, double share) {
        List<Duration> times = of(participation).stream()
                .flatMap(result -> result.heal().stream())
                .sorted()
                .toList();
        return times.isEmpty() ? Duration.ZERO : times.get((int) Math.ceil(share * times.size()) - 1);
    }

    /** One sentence about a column of the comparison. */
    String summary(Participation participation) {
        long healed = of(participation).stream()
                .filter(result -> result.heal().isPresent())
                .count();
        return of(participation).size() + " cells, " + violated(participation) + " with violations; " + healed
                + " healed by themselves, in p50 "
                + healPercentile(participation, 0.5).toMillis() + " ms, p99 "
                + healPercentile(participation, 0.99).toMillis() + " ms, max "
                + healPercentile(participation, 1).toMillis() + " ms after the victim was back";
    }

    /** What a field of the table says. */
    static String field(CellResult result) {
        return (result.isWritten() ? "placed" : "not placed") + ", "
                + result.heal().map(time -> time.toMillis() + " ms").orElse("in doubt");
    }

    /** All that is to be said about a cell beyond its field. */
    static List<String> remarks(CellResult result) {
        return Stream.concat(result.violations().stream(), result.notes().stream())
                .toList();
    }
}
