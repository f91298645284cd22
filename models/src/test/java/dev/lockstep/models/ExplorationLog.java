package dev.lockstep.models;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What the exploration of a model's full state space found, committed beside the model, with the model's hash. It is the proof that
 * the model has been explored in full since it was last changed.
 */
record ExplorationLog(Model model) {

    static final String RENEW = "mvn verify -Pmodels -pl models";

    private static final String HASH = "sha256 of the model: ";

    Path file() {
        return Path.of(model.name() + ".log").toAbsolutePath();
    }

    /** The hash of the model that was explored, or "" if none was. */
    String hash() {
        return lines().stream()
                .filter(line -> line.startsWith(HASH))
                .map(line -> line.substring(HASH.length()))
                .findFirst()
                .orElse("");
    }

    /** Whether the exploration's result is in it. */
    boolean tellsOf(Exploration exploration) {
        List<String> row = List.of(exploration.check().label(), brokenOrNone(exploration));
        return lines().stream()
                .map(line -> List.of(line.split(" +", 3)))
                .anyMatch(words -> words.size() == 3 && words.subList(0, 2).equals(row));
    }

    void write(List<Exploration> explorations, Map<Exploration, Outcome> outcomes, String tools) throws IOException {
        List<String> lines = new ArrayList<>();
        lines.add("All states of " + model.file().getFileName() + ", explored by: " + RENEW);
        lines.add(HASH + model.sha256());
        lines.add("by " + tools);
        lines.add("");
        lines.add(row("check", "broken rule", "states", "seconds", "MB", "found"));
        explorations.forEach(exploration -> lines.add(row(exploration, outcomes.get(exploration))));
        Files.write(file(), lines);
    }

    private List<String> lines() {
        try {
            return Files.exists(file()) ? Files.readAllLines(file()) : List.of();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String brokenOrNone(Exploration exploration) {
        return exploration.broken().isEmpty() ? "none" : exploration.broken();
    }

    private static String row(Exploration exploration, Outcome outcome) {
        return row(
                exploration.check().label(),
                brokenOrNone(exploration),
                outcome.states(),
                outcome.seconds(),
                outcome.megabytes(),
                outcome.error());
    }

    private static String row(Object... cells) {
        return String.format(Locale.ROOT, "%-22s %-22s %10s %8s %8s  %s", cells);
    }
}
