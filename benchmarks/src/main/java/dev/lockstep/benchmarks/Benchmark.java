package dev.lockstep.benchmarks;

import dev.lockstep.launcher.WritesToConsole;
import dev.lockstep.launcher.console.Steps;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Compares two candidates: {@code mvn -Pbenchmark -Dcompare=participant}; docs/measurements.md tells what may be chosen. */
public final class Benchmark {

    private final Parameters parameters;
    private final Steps steps;
    private final List<List<Round>> rounds = List.of(new ArrayList<>(), new ArrayList<>());
    private final List<Round> all = new ArrayList<>();

    private Benchmark(Parameters parameters, Steps steps) {
        this.parameters = parameters;
        this.steps = steps;
    }

    /**
     * Runs one comparison, and fails if an order went wrong.
     *
     * @param arguments none
     * @throws Exception if something went wrong
     */
    public static void main(String[] arguments) throws Exception {
        PrintStream out = standardOutput();
        Parameters parameters = Parameters.from(System.getProperties());
        new Benchmark(parameters, new Steps(out, Clock.systemUTC())).run(out);
    }

    private void run(PrintStream out) throws Exception {
        Comparison comparison = Comparison.of(parameters.compare());
        Path target = Path.of(System.getProperty("lockstep.benchmarks"));
        Builds builds = Builds.from(System.getProperties());
        steps.say("Starting what is compared");
        List<Candidate> candidates = comparison.candidates(builds, target.resolve(parameters.compare()), steps);
        try {
            String machine = comparison.madeOf(builds) + Machine.description(candidates);
            for (int number = 1 - parameters.warmup(); number <= parameters.rounds(); number++) {
                turns(candidates, number);
            }
            requireRightBooks();
            Report report = new Report(comparison, parameters, machine, rounds.get(0), rounds.get(1));
            Path page = Files.writeString(target.resolve(parameters.compare() + ".md"), report.page());
            out.println(report.page());
            steps.say("Written to " + page);
        } finally {
            candidates.forEach(candidate -> candidate.installation().close());
        }
    }

    /** A round of each; the one that begins changes. */
    private void turns(List<Candidate> candidates, int number) throws Exception {
        for (int turn = 0; turn < candidates.size(); turn++) {
            int index = (turn + Math.abs(number)) % candidates.size();
            Round round = candidates.get(index).round(parameters);
            all.add(round);
            if (number > 0) {
                rounds.get(index).add(round);
            }
            steps.say(String.format(
                    Locale.ROOT,
                    "%s, %s: %.0f a second, %.0f served, p50 %.2f ms, p99 %.2f ms, %d refused",
                    number > 0 ? "Round " + number + " of " + parameters.rounds() : "Warm-up",
                    round.candidate().name(),
                    round.load().perSecond(),
                    round.servedPerSecond(),
                    round.load().millis(50),
                    round.load().millis(99),
                    round.load().refusals().size()));
        }
    }

    private void requireRightBooks() throws SQLException {
        steps.say("Looking for each order in the databases");
        List<String> errors = new ArrayList<>();
        for (Round round : all) {
            round.candidate()
                    .installation()
                    .books()
                    .errors(round)
                    .forEach(error -> errors.add(round.candidate().name() + ": " + error));
        }
        for (Round round : List.of(all.get(all.size() - 1), all.get(all.size() - 2))) {
            round.candidate()
                    .installation()
                    .books()
                    .doubts()
                    .forEach(doubt -> errors.add(round.candidate().name() + ": " + doubt));
        }
        if (!errors.isEmpty()) {
            throw new IllegalStateException("The books are wrong:\n" + String.join("\n", errors));
        }
    }

    @WritesToConsole
    private static PrintStream standardOutput() {
        return System.out;
    }
}
