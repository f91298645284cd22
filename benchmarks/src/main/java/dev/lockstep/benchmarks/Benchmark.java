package dev.lockstep.benchmarks;

import dev.lockstep.launcher.WritesToConsole;
import dev.lockstep.launcher.console.Steps;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;

/** Compares candidates: {@code mvn -Pbenchmark -Dcompare=participant}; docs/measurements.md tells what may be chosen. */
public final class Benchmark {

    private final Parameters parameters;
    private final Steps steps;

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
        Steps steps = new Steps(out, Clock.systemUTC());
        if (Contest.isChosen(System.getProperties())) {
            new Everybody(Contest.from(System.getProperties()), steps).run(out);
        } else if (Growth.isChosen(System.getProperties())) {
            Growth.from(System.getProperties(), steps).run(out);
        } else if (Restarts.isChosen(System.getProperties())) {
            Restarts.from(System.getProperties(), steps).run(out);
        } else {
            new Benchmark(Parameters.from(System.getProperties()), steps).run(out);
        }
    }

    private void run(PrintStream out) throws Exception {
        Comparison comparison = Comparison.of(parameters.compare());
        Path target = Path.of(System.getProperty("lockstep.benchmarks"));
        Builds builds = Builds.from(System.getProperties());
        steps.say("Starting what is compared");
        List<Candidate> candidates = comparison.candidates(builds, target.resolve(parameters.compare()), steps);
        try {
            String machine = comparison.madeOf(builds) + Machine.description(candidates);
            Session session = new Session(candidates, steps);
            List<List<Round>> rounds = session.measure(parameters);
            steps.say("Looking for each order in the databases");
            session.requireRightBooks();
            Report report = new Report(comparison, parameters, machine, rounds.get(0), rounds.get(1));
            Path page = Files.writeString(target.resolve(parameters.compare() + ".md"), report.page());
            out.println(report.page());
            steps.say("Written to " + page);
        } finally {
            candidates.forEach(candidate -> candidate.installation().close());
        }
    }

    @WritesToConsole
    private static PrintStream standardOutput() {
        return System.out;
    }
}
