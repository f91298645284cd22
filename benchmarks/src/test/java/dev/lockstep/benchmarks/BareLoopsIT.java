package dev.lockstep.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.launcher.console.Steps;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What the servers are measured by: each loop places orders, on real databases, that the books find. */
@Tag("slow")
class BareLoopsIT {

    private final Steps steps = new Steps(
            new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8), Clock.systemUTC());

    @Test
    void placeOrdersInBothDatabases() throws Exception {
        Path folder = Files.createTempDirectory(Path.of(System.getProperty("lockstep.benchmarks")), "loops-");
        Contest contest = Contest.from(Map.of(
                "rivals",
                "floor,two-commits,shared-loop",
                "clients",
                "8",
                "demand",
                "sale",
                "seconds",
                "1",
                "rounds",
                "1"));
        Builds builds = Builds.from(Map.of("lockstep.home", System.getProperty("lockstep.home")));
        try (Arena arena = new Arena(folder, builds, steps)) {
            List<Entrant> entrants = new ArrayList<>();
            for (Rival rival : contest.rivals()) {
                entrants.add(rival.start(arena));
            }
            Session session =
                    new Session(entrants.stream().map(Entrant::candidate).toList(), steps);
            List<List<Round>> rounds = session.measure(contest.points().get(0));
            arena.books().index();
            session.requireRightBooks();
            assertThat(rounds).allSatisfy(own -> {
                Round round = own.get(0);
                assertThat(round.load().refusals()).isEmpty();
                assertThat(round.load().placed()).hasSizeGreaterThan(100);
                assertThat(round.writes().bytes()).isPositive();
            });
            assertThat(rounds.get(1).get(0).writes().forced())
                    .as("forced writes of two local commits, of which clients may share some")
                    .isBetween(1.0, 2.5 * rounds.get(1).get(0).load().placed().size());
        }
    }
}
