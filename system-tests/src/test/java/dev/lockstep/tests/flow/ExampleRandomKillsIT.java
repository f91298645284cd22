package dev.lockstep.tests.flow;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.tests.TestFolders;
import dev.lockstep.tests.killmatrix.Answer;
import dev.lockstep.tests.killmatrix.Patience;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/**
 * Random strikes at random times on the servers of an example under load: {@code mvn verify -Pkill-random -Dexample=bank -Dminutes=20 -Dseed=42}.
 * The same seed gives the same strikes after the same pauses; what they hit is chance. The log is {@code target/example-kill-random-bank.md}.
 */
@EnabledIfSystemProperty(named = "lockstep.kill-random.minutes", matches = "[1-9][0-9]*")
@EnabledIfSystemProperty(named = "lockstep.example", matches = "enrolment|bank")
class ExampleRandomKillsIT {

    private static final int CUSTOMERS = 3;
    private static final int LONGEST_PAUSE_MILLIS = 3_000;
    private static final Duration AFTER_A_NO = Duration.ofMillis(50);
    private static final Duration LAST_ANSWER_LIMIT = Duration.ofMinutes(2);
    private static final Duration HEAL_PATIENCE = Duration.ofSeconds(60);

    private final String example = System.getProperty("lockstep.example");
    private final Path log = TestFolders.target().resolve("example-kill-random-" + example + ".md");
    private final List<Duration> heals = new ArrayList<>();
    private final List<String> violations = new ArrayList<>();
    private final ExecutorService threads = Executors.newFixedThreadPool(CUSTOMERS);
    private final AtomicBoolean isOver = new AtomicBoolean();

    /** Scenario: customers use the page, and victims fall. Expected outcome: every answer agrees with all databases in the end. */
    @Test
    void everyAnswerAgreesWithAllDatabases() throws Exception {
        long seed = seed();
        Files.deleteIfExists(log);
        say("# Random kills, example " + example + ", seed " + seed
                + "\n\n| strike | for | prepared then | settled in |\n|---|---|---|---|");
        try (ExampleServers servers = ExampleServers.start()) {
            ExampleWork work = example.equals("bank") ? new Transferring(servers) : new Enrolling(servers);
            for (int i = 0; i < CUSTOMERS; i++) {
                Random random = new Random(seed + i);
                threads.execute(() -> askOn(work, random));
            }
            strikeOn(servers, new Random(seed));
            servers.revived();
            isOver.set(true);
            threads.shutdown();
            assertThat(threads.awaitTermination(LAST_ANSWER_LIMIT.toSeconds(), TimeUnit.SECONDS))
                    .as("all are answered")
                    .isTrue();
            if (Patience.until(HEAL_PATIENCE, servers::isQuiet).isEmpty()) {
                violations.add("still in doubt: " + servers.prepared());
            }
            violations.addAll(work.violations());
            say("\nAnswers: " + work.answers() + "; strikes: " + heals.size() + "; settled in p50 "
                    + percentile(0.5).toMillis() + " ms, p99 "
                    + percentile(0.99).toMillis() + " ms, max "
                    + percentile(1).toMillis() + " ms; violations: " + violations.size());
            for (String violation : violations) {
                say("- " + violation);
            }
            assertThat(work.answers().getOrDefault(Answer.YES, 0)).as("done").isPositive();
        }
        assertThat(violations).as("seed " + seed).isEmpty();
    }

    private static long seed() {
        String given = System.getProperty("lockstep.kill-random.seed", "");
        return given.isEmpty() ? System.nanoTime() % 1_000_000 : Long.parseLong(given);
    }

    private void askOn(ExampleWork work, Random random) {
        while (!isOver.get()) {
            if (work.ask(random) != Answer.YES) {
                Patience.pass(AFTER_A_NO);
            }
        }
    }

    private void strikeOn(ExampleServers servers, Random random) throws IOException {
        List<ExampleNode> nodes = example.equals("bank")
                ? List.of(ExampleNode.values())
                : List.of(ExampleNode.CLIENT, ExampleNode.ONE, ExampleNode.TWO);
        List<ExampleStrike> dealt = new ArrayList<>();
        long end = System.nanoTime()
                + Duration.ofMinutes(Long.getLong("lockstep.kill-random.minutes"))
                        .toNanos();
        while (System.nanoTime() < end) {
            if (dealt.isEmpty()) {
                dealt.addAll(ExampleStrike.deal(nodes, random));
            }
            Patience.pass(Duration.ofMillis(random.nextInt(LONGEST_PAUSE_MILLIS)));
            strike(servers, dealt.remove(0));
        }
    }

    private void strike(ExampleServers servers, ExampleStrike strike) throws IOException {
        strike.strike().accept(servers);
        Patience.pass(strike.absence());
        strike.bringBack().accept(servers);
        Set<String> then = servers.prepared();
        Optional<Duration> heal = Patience.until(HEAL_PATIENCE, () -> Collections.disjoint(then, servers.prepared()));
        heal.ifPresent(heals::add);
        if (heal.isEmpty()) {
            violations.add("in doubt " + HEAL_PATIENCE.toSeconds() + " s after: " + strike.what() + ": " + then);
        }
        say("| " + strike.what() + " | " + strike.absence().toMillis() + " ms | " + then.size() + " | "
                + heal.map(time -> time.toMillis() + " ms").orElse("never") + " |");
    }

    private Duration percentile(double share) {
        List<Duration> sorted = heals.stream().sorted().toList();
        return sorted.isEmpty() ? Duration.ZERO : sorted.get((int) Math.ceil(share * sorted.size()) - 1);
    }

    private void say(String line) throws IOException {
        Files.writeString(log, line + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }
}
