package dev.lockstep.benchmarks;

import dev.lockstep.benchmarks.Entrant.Memory;
import dev.lockstep.launcher.console.Steps;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * How a shop does that grows: {@code mvn -Pbenchmark -Dcompare=growth}. Each {@link GrowthPoint} has a round of a minute, while somebody has the order
 * page open.
 */
final class Growth {

    static final String NAME = "growth";

    /** For the warm-up. */
    private static final int CLIENTS = 64;

    private static final int PRODUCTS = 64;
    private static final int SECONDS = 5;

    private final int seconds;
    private final int thousands;
    private final Steps steps;
    private final List<Session> sessions = new ArrayList<>();
    private final List<GrownRound> rounds = new ArrayList<>();

    private Growth(int seconds, int thousands, Steps steps) {
        this.seconds = seconds;
        this.thousands = thousands;
        this.steps = steps;
    }

    /**
     * A point, and what came of it.
     *
     * @param point the point
     * @param orders how many there were before
     * @param round what was ordered
     * @param megabytes the memory that each of its servers had in use then
     */
    record GrownRound(GrowthPoint point, long orders, Round round, List<Long> megabytes) {}

    static boolean isChosen(Map<?, ?> properties) {
        return NAME.equals(properties.get("compare"));
    }

    /** Reads what may be chosen: how long a round lasts, and how many thousand orders there are at first. */
    static Growth from(Map<?, ?> properties, Steps steps) {
        return new Growth(
                Parameters.number(properties, "seconds", 60, 1),
                Parameters.number(properties, "thousands", 1000, 1),
                steps);
    }

    /** Measures at each point, and writes the report. */
    void run(PrintStream out) throws Exception {
        Path target = Path.of(System.getProperty("lockstep.benchmarks"));
        try (Arena arena = new Arena(target.resolve(NAME), Builds.from(System.getProperties()), steps)) {
            steps.say("Starting two servers");
            List<Entrant> servers = List.of(
                    PayaraServers.lockstep("first", "the first server", arena, Map.of()),
                    PayaraServers.lockstep("second", "the second server", arena, Map.of()));
            String machine = Machine.description(servers.get(0).candidate().installation());
            warm(servers);
            long age = 0;
            for (GrowthPoint point : GrowthPoint.values()) {
                if (point.age() > age) {
                    steps.say("Loading orders, until there are " + orders(point) + " of them");
                    arena.books().load((int) (orders(point) - age * 1000L * thousands));
                    age = point.age();
                }
                measure(point, servers);
            }
            steps.say("Looking for each order in the databases");
            arena.books().index();
            for (Session session : sessions) {
                session.requireRightBooks();
            }
            write(new GrowthReport(seconds, rounds, machine), target, out);
        }
    }

    private long orders(GrowthPoint point) {
        return point.age() * 1000L * thousands;
    }

    private void warm(List<Entrant> servers) throws Exception {
        Session session = new Session(servers.stream().map(Entrant::candidate).toList(), steps);
        sessions.add(session);
        session.warm(new Parameters(NAME, CLIENTS, Math.min(SECONDS, seconds), 1, 0, 0, PRODUCTS, Demand.MANY));
    }

    private void measure(GrowthPoint point, List<Entrant> servers) throws Exception {
        List<Entrant> used = servers.subList(0, point.servers());
        Session session = new Session(List.of(together(point.toString(), used)), steps);
        sessions.add(session);
        Round round = session.measure(point.parameters(seconds)).get(0).get(0);
        List<Long> megabytes = new ArrayList<>();
        for (Entrant server : used) {
            megabytes.add(server.megabytes(Memory.NOW));
        }
        rounds.add(new GrownRound(point, orders(point), round, megabytes));
    }

    /** The clients are dealt out among the servers. */
    private static Candidate together(String name, List<Entrant> servers) {
        AtomicInteger clients = new AtomicInteger();
        return new Candidate(
                name,
                servers.get(0).candidate().installation(),
                World.ORDERS,
                List.of(Watcher.ORDER_PAGE),
                () -> servers.get(clients.getAndIncrement() % servers.size())
                        .candidate()
                        .entrance()
                        .open());
    }

    private void write(GrowthReport report, Path target, PrintStream out) throws IOException {
        Path page = Files.writeString(target.resolve(NAME + ".md"), report.page());
        Files.writeString(target.resolve(NAME + ".csv"), report.csv());
        Files.writeString(target.resolve(NAME + ".svg"), report.svg());
        out.println(report.page());
        steps.say("Written to " + page + ", with .csv and .svg beside it");
    }
}
