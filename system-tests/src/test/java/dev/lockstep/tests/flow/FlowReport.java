package dev.lockstep.tests.flow;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The matrix of flows as it stands, written anew after each cell: {@code flow-kill-matrix.md}. */
final class FlowReport {

    private final Path file;
    private final List<FlowCellResult> results = new ArrayList<>();
    private final List<String> notReached = new ArrayList<>();

    FlowReport(Path folder) {
        this.file = folder.resolve("flow-kill-matrix.md");
    }

    void add(FlowCellResult result) {
        results.add(result);
        write();
    }

    /** A cell that could not be tried. */
    void leaveOut(String reason) {
        notReached.add(reason);
        write();
    }

    private void write() {
        StringBuilder page = new StringBuilder("# The kill matrix of flows\n\n" + summary() + ".\n\n"
                + "| cell | client | order | healed after | next order after | load |\n|---|---|---|---:|---:|---:|\n");
        for (FlowCellResult result : results) {
            page.append(String.format(
                    Locale.ROOT,
                    "| %s%s | %s | %s | %s | %s | %.0f |%n",
                    result.violations().isEmpty() ? "" : "**✘** ",
                    result.cell(),
                    result.answer(),
                    result.isWritten() ? "placed" : "not placed",
                    result.heal().map(time -> time.toMillis() + " ms").orElse("never"),
                    result.next().map(time -> time.toMillis() + " ms").orElse("never"),
                    result.load()));
        }
        for (FlowCellResult result : results) {
            result.violations().forEach(one -> page.append("\n- ✘ ")
                    .append(result.cell())
                    .append(": ")
                    .append(one));
        }
        notReached.forEach(one -> page.append("\n- Not tried: ").append(one));
        try {
            Files.writeString(file, page + "\n");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** One sentence. */
    String summary() {
        long violated = results.stream()
                .filter(result -> !result.violations().isEmpty())
                .count();
        return results.size() + " cells, " + violated + " with violations, " + notReached.size()
                + " not tried; healed in p50 " + percentile(0.5) + " ms, p99 " + percentile(0.99) + " ms, max "
                + percentile(1) + " ms after the last part was back";
    }

    private long percentile(double share) {
        List<Duration> heals = results.stream()
                .flatMap(result -> result.heal().stream())
                .sorted()
                .toList();
        return heals.isEmpty()
                ? 0
                : heals.get((int) Math.ceil(share * heals.size()) - 1).toMillis();
    }
}
