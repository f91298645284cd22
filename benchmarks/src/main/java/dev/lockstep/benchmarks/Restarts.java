package dev.lockstep.benchmarks;

import dev.lockstep.benchmarks.Entrant.Memory;
import dev.lockstep.launcher.console.Steps;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * The first minutes of a server, as delivered and with other options of its JVM: {@code mvn -Pbenchmark -Dcompare=restarts
 * "-Djvm=-XX:+UseSerialGC;-XX:+UseParallelGC"}. In each round each one is started anew and is under load from its first order on.
 */
final class Restarts {

    static final String NAME = "restarts";

    /** So long is each of the windows that a life is looked at in. */
    private static final int WINDOW_SECONDS = 10;

    private static final int PRODUCTS = 1000;
    private static final String AS_DELIVERED = "";

    private final List<String> variants;
    private final int clients;
    private final int windows;
    private final int rounds;
    private final Steps steps;

    private Restarts(List<String> variants, int clients, int windows, int rounds, Steps steps) {
        this.variants = variants;
        this.clients = clients;
        this.windows = windows;
        this.rounds = rounds;
        this.steps = steps;
    }

    /**
     * A server from its start to its end.
     *
     * @param start seconds from the start of its process to its first order
     * @param windows what came of each window
     * @param megabytes the memory that it had in use at the end
     */
    record Life(double start, List<Round> windows, long megabytes) {}

    static boolean isChosen(Map<?, ?> properties) {
        return NAME.equals(properties.get("compare"));
    }

    /** Reads what may be chosen; the variants' options have semicolons between them. */
    static Restarts from(Map<?, ?> properties, Steps steps) {
        String given = Objects.toString(properties.get("jvm"), "");
        List<String> variants = Stream.concat(
                        Stream.of(AS_DELIVERED),
                        Arrays.stream(given.split(";", -1)).map(String::strip).filter(options -> !options.isEmpty()))
                .distinct()
                .toList();
        int seconds = Parameters.number(properties, "seconds", 60, WINDOW_SECONDS);
        return new Restarts(
                variants,
                Parameters.number(properties, "clients", 16, 1),
                seconds / WINDOW_SECONDS,
                Parameters.number(properties, "rounds", 3, 1),
                steps);
    }

    /** Measures all, and writes the report. */
    void run(PrintStream out) throws Exception {
        Path target = Path.of(System.getProperty("lockstep.benchmarks"));
        Map<String, List<Life>> lives = new LinkedHashMap<>();
        variants.forEach(variant -> lives.put(variant, new ArrayList<>()));
        try (Arena arena = new Arena(target.resolve(NAME), Builds.from(System.getProperties()), steps)) {
            Life first = live(arena, AS_DELIVERED); // makes the archive of classes, and is not counted
            String machine =
                    Machine.description(first.windows().get(0).candidate().installation());
            for (int round = 0; round < rounds; round++) {
                for (int turn = 0; turn < variants.size(); turn++) {
                    String variant = variants.get((turn + round) % variants.size());
                    lives.get(variant).add(live(arena, variant));
                }
            }
            steps.say("Looking for each order in the databases");
            arena.books().index();
            List<String> errors = new ArrayList<>(arena.books().doubts());
            for (Life life : lives.values().stream().flatMap(List::stream).toList()) {
                for (Round window : life.windows()) {
                    errors.addAll(arena.books().errors(window));
                }
            }
            if (!errors.isEmpty()) {
                throw new IllegalStateException("The books are wrong:\n" + String.join("\n", errors));
            }
            RestartsReport report = new RestartsReport(clients, WINDOW_SECONDS, lives, machine);
            Path page = Files.writeString(target.resolve(NAME + ".md"), report.page());
            out.println(report.page());
            steps.say("Written to " + page);
        }
    }

    private Life live(Arena arena, String options) throws Exception {
        Map<String, String> variables = options.equals(AS_DELIVERED) ? Map.of() : Map.of("JAVA_TOOL_OPTIONS", options);
        try (Guest guest = Guest.of(arena, steps, variables)) {
            Entrant entrant = guest.entrant();
            Parameters parameters = new Parameters(NAME, clients, WINDOW_SECONDS, 1, 0, 0, PRODUCTS, Demand.MANY);
            List<Round> lived = new ArrayList<>();
            for (int window = 0; window < windows; window++) {
                lived.add(entrant.candidate().round(parameters));
            }
            Life life = new Life(entrant.toFirstOrder().toMillis() / 1000.0, lived, entrant.megabytes(Memory.NOW));
            steps.say(RestartsReport.named(options) + ": " + RestartsReport.words(life));
            return life;
        }
    }
}
