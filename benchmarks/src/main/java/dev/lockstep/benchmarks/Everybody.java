package dev.lockstep.benchmarks;

import dev.lockstep.benchmarks.Entrant.Memory;
import dev.lockstep.launcher.console.Steps;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Compares everybody: {@code mvn -Pbenchmark -Dcompare=everybody}; all at the same two databases, one under load at a time. */
final class Everybody {

    private final Contest contest;
    private final Steps steps;

    Everybody(Contest contest, Steps steps) {
        this.contest = contest;
        this.steps = steps;
    }

    /** Measures at each point, and writes the report. */
    void run(PrintStream out) throws Exception {
        Path target = Path.of(System.getProperty("lockstep.benchmarks"));
        steps.say("Measuring " + contest.rivals().size() + " at "
                + contest.points().size() + " points, in at most "
                + contest.longest().toMinutes() + " minutes beside their starts");
        try (Arena arena = new Arena(target.resolve(Contest.NAME), Builds.from(System.getProperties()), steps)) {
            List<Entrant> entrants = new ArrayList<>();
            for (Rival rival : contest.rivals()) {
                steps.say("Starting " + rival.title());
                entrants.add(rival.start(arena));
            }
            write(measured(entrants), target, out);
        }
    }

    private Results measured(List<Entrant> entrants) throws Exception {
        List<Candidate> candidates = entrants.stream().map(Entrant::candidate).toList();
        Session session = new Session(candidates, steps);
        String machine = Machine.description(candidates.get(0).installation());
        Map<Candidate, Warmth> warmth = session.warm(contest.warmUp());
        Map<Parameters, List<List<Round>>> rounds = new LinkedHashMap<>();
        for (Parameters point : contest.points()) {
            steps.say("Now " + point.clients() + " clients, " + point.demand().title());
            rounds.put(point, session.measure(point));
        }
        List<Standing> standings = standings(entrants, List.copyOf(warmth.values()));
        candidates.get(0).installation().books().index();
        steps.say("Looking for each order in the databases");
        session.requireRightBooks();
        return new Results(contest, standings, rounds, machine);
    }

    private List<Standing> standings(List<Entrant> entrants, List<Warmth> warmth) throws IOException {
        List<Standing> standings = new ArrayList<>();
        for (int i = 0; i < entrants.size(); i++) {
            Entrant entrant = entrants.get(i);
            standings.add(new Standing(
                    contest.rivals().get(i),
                    warmth.get(i),
                    entrant.toFirstOrder(),
                    entrant.megabytes(Memory.NOW),
                    entrant.megabytes(Memory.MOST)));
        }
        return standings;
    }

    private void write(Results results, Path target, PrintStream out) throws IOException {
        Path page = Files.writeString(target.resolve(Contest.NAME + ".md"), results.page());
        Files.writeString(target.resolve(Contest.NAME + ".csv"), results.csv());
        Files.writeString(target.resolve(Contest.NAME + ".svg"), new Chart(results).svg());
        out.println(results.page());
        steps.say("Written to " + page + ", with .csv and .svg beside it");
    }
}
