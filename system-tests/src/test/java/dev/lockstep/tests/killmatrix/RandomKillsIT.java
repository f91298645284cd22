package dev.lockstep.tests.killmatrix;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.tests.TestFolders;
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
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/**
 * Random victims at random times under load: {@code mvn verify -Pkill-random -Dminutes=30 -Dseed=42}. The same seed gives the same
 * victims after the same pauses; what they hit is chance. The log is {@code target/kill-random.md}.
 */
@EnabledIfSystemProperty(named = "lockstep.kill-random.minutes", matches = "[1-9][0-9]*")
class RandomKillsIT {

    private static final int CLIENTS = 16;
    private static final int LONGEST_PAUSE_MILLIS = 6_000;
    private static final Duration HEAL_LIMIT = Duration.ofSeconds(5);
    private static final Duration HEAL_P99_LIMIT = Duration.ofSeconds(3);
    private static final Duration HEAL_PATIENCE = Duration.ofSeconds(20);

    private final Path log = TestFolders.target().resolve("kill-random.md");
    private final List<Duration> heals = new ArrayList<>();
    private final List<String> violations = new ArrayList<>();

    /** Scenario: 16 clients order and take tickets, and victims fall. Expected outcome: every answer agrees with both databases in the end. */
    @Test
    void everyAnswerAgreesWithBothDatabases() throws Exception {
        long seed = seed();
        long end = System.nanoTime()
                + Duration.ofMinutes(Long.getLong("lockstep.kill-random.minutes"))
                        .toNanos();
        boolean isShared;
        Files.deleteIfExists(log);
        say("# Random kills, seed " + seed + "\n\n| after | victim | healed in |\n| --- | --- | --- |");
        try (Installation system = Installation.start(Participation.LOCKSTEP, "kill-random")) {
            Client client = new Client(system.payara().url());
            Shop shop = new Shop(system);
            shop.open(CLIENTS, client, client, seed);
            Random random = new Random(seed);
            while (System.nanoTime() < end && violations.isEmpty()) {
                shop.deliver();
                strike(system, Duration.ofMillis(random.nextInt(LONGEST_PAUSE_MILLIS)), victim(random));
            }
            if (!shop.isSoldOutSoon()) {
                violations.add("what is scarce was not sold");
            }
            shop.close();
            violations.addAll(shop.contradictions());
            isShared = shop.isShared();
            say("\nAnswers: " + shop.answers() + "; " + shop.sharing() + "; strikes: " + heals.size() + "; " + summary()
                    + "; violations: " + violations.size());
            for (String violation : violations) {
                say("- " + violation);
            }
        }
        assertThat(violations).as("seed " + seed).isEmpty();
        assertThat(isShared).as("orders shared commits").isTrue();
        assertThat(percentile(1)).as(summary()).isLessThan(HEAL_LIMIT);
        assertThat(percentile(0.99)).as(summary()).isLessThan(HEAL_P99_LIMIT);
    }

    private static long seed() {
        String given = System.getProperty("lockstep.kill-random.seed", "");
        return given.isEmpty() ? System.nanoTime() % 1_000_000 : Long.parseLong(given);
    }

    private static Victim victim(Random random) {
        List<Victim> victims = List.of(Victim.values());
        return victims.get(random.nextInt(victims.size()));
    }

    private void strike(Installation system, Duration pause, Victim victim) throws IOException {
        Patience.pass(pause);
        victim.strike(system);
        Patience.pass(victim.absence());
        victim.bringBack(system);
        victim.awaitBack(system);
        Optional<Duration> heal = heal(system);
        heal.ifPresent(heals::add);
        if (heal.isEmpty()) {
            violations.add("in doubt " + HEAL_PATIENCE.toSeconds() + " s after: " + victim);
        }
        say("| " + pause.toMillis() + " ms | " + victim + " | "
                + heal.map(time -> time.toMillis() + " ms").orElse("never") + " |");
    }

    /** Under load something is always prepared; what was at the victim's return must go. */
    private static Optional<Duration> heal(Installation system) {
        Set<String> then = prepared(system);
        return Patience.until(HEAL_PATIENCE, () -> Collections.disjoint(then, prepared(system)));
    }

    private static Set<String> prepared(Installation system) {
        Set<String> all = new TreeSet<>();
        for (Books books : List.of(system.productBooks(), system.orderBooks())) {
            all.addAll(books.prepared().orElseThrow());
        }
        return all;
    }

    private Duration percentile(double share) {
        List<Duration> sorted = heals.stream().sorted().toList();
        return sorted.isEmpty() ? Duration.ZERO : sorted.get((int) Math.ceil(share * sorted.size()) - 1);
    }

    private String summary() {
        return "healed in p50 " + percentile(0.5).toMillis() + " ms, p99 "
                + percentile(0.99).toMillis() + " ms, max " + percentile(1).toMillis() + " ms";
    }

    private void say(String line) throws IOException {
        Files.writeString(log, line + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }
}
