package dev.lockstep.tests.flow;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.tests.TestFolders;
import dev.lockstep.tests.killmatrix.Answer;
import dev.lockstep.tests.killmatrix.Books;
import dev.lockstep.tests.killmatrix.Patience;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/**
 * Random strikes at random times on four machines under load: {@code mvn verify -Pkill-random -Dmachines -Dminutes=30 -Dseed=42}. The same
 * seed gives the same strikes after the same pauses; what they hit is chance. The log is {@code target/flow-kill-random.md}.
 */
@EnabledIfSystemProperty(named = "lockstep.kill-random.minutes", matches = "[1-9][0-9]*")
class FlowRandomKillsIT {

    private static final int CUSTOMERS = 4;
    private static final int PRODUCTS = 8;
    private static final int STOCK = 500_000_000;
    private static final int LONGEST_PAUSE_MILLIS = 3_000;
    private static final Duration LAST_ANSWER_LIMIT = Duration.ofSeconds(90);
    private static final Duration HEAL_PATIENCE = Duration.ofSeconds(60);

    private final Path log = TestFolders.target().resolve("flow-kill-random.md");
    private final List<Integer> products =
            IntStream.rangeClosed(1, PRODUCTS).boxed().toList();
    private final Map<String, Integer> struck = new TreeMap<>();
    private final List<Duration> heals = new ArrayList<>();
    private final List<String> violations = new ArrayList<>();
    private final List<FlowCustomer> customers = new ArrayList<>();
    private final ExecutorService threads = Executors.newCachedThreadPool();

    /** Scenario: customers buy in all shapes, and victims fall. Expected outcome: every answer agrees with both databases in the end. */
    @Test
    void everyAnswerAgreesWithAllDatabases() throws Exception {
        long seed = seed();
        Files.deleteIfExists(log);
        say("# Random kills on four machines, seed " + seed
                + "\n\n| after | strike | for | healed in |\n|---|---|---|---|");
        try (Machines machines = Machines.start("flow-kill-random", List.of(Role.values()))) {
            machines.get(Role.ORDER).hasten();
            open(machines, seed);
            Random random = new Random(seed);
            long end = System.nanoTime()
                    + Duration.ofMinutes(Long.getLong("lockstep.kill-random.minutes"))
                            .toNanos();
            List<FlowStrike> strikes = new ArrayList<>();
            while (System.nanoTime() < end) {
                if (strikes.isEmpty()) {
                    strikes.addAll(FlowStrike.deal(random));
                }
                strike(machines, Duration.ofMillis(random.nextInt(LONGEST_PAUSE_MILLIS)), strikes.remove(0));
            }
            close(machines);
            examine(machines);
            say("\nEach kind: " + struck);
            say("\nAnswers: " + answers() + "; strikes: " + heals.size() + "; " + summary() + "; violations: "
                    + violations.size());
            for (String violation : violations) {
                say("- " + violation);
            }
        }
        assertThat(violations).as("seed " + seed).isEmpty();
        assertThat(answers().getOrDefault(Answer.YES, 0)).as("orders placed").isPositive();
    }

    private static long seed() {
        String given = System.getProperty("lockstep.kill-random.seed", "");
        return given.isEmpty() ? System.nanoTime() % 1_000_000 : Long.parseLong(given);
    }

    private void open(Machines machines, long seed) throws SQLException {
        for (int product : products) {
            machines.books(Role.PRODUCT).stock(product, STOCK);
        }
        for (int i = 0; i < CUSTOMERS; i++) {
            FlowCustomer customer = new FlowCustomer(machines, products, seed + i);
            customers.add(customer);
            threads.execute(customer);
        }
    }

    private void strike(Machines machines, Duration pause, FlowStrike strike) throws IOException {
        Patience.pass(pause);
        struck.merge(strike.kind(), 1, Integer::sum);
        strike.strike().accept(machines);
        Patience.pass(strike.absence());
        strike.bringBack().accept(machines);
        Set<String> then = prepared(machines);
        Optional<Duration> heal = Patience.until(HEAL_PATIENCE, () -> Collections.disjoint(then, prepared(machines)));
        heal.ifPresent(heals::add);
        if (heal.isEmpty()) {
            Set<String> left = prepared(machines);
            left.retainAll(then);
            violations.add("in doubt " + HEAL_PATIENCE.toSeconds() + " s after: " + strike.what() + ": " + left);
        }
        say("| " + pause.toMillis() + " ms | " + strike.what() + " | "
                + strike.absence().toMillis() + " ms | "
                + heal.map(time -> time.toMillis() + " ms").orElse("never") + " |");
    }

    /** Under load something is always prepared; what was at the return must go. */
    private static Set<String> prepared(Machines machines) {
        Set<String> all = new TreeSet<>();
        for (Books books : machines.books()) {
            all.addAll(books.prepared().orElseThrow());
        }
        return all;
    }

    /** Lets nobody buy any more, and waits for the last answers, and until nothing is in doubt. */
    private void close(Machines machines) throws InterruptedException {
        machines.revived();
        customers.forEach(FlowCustomer::stop);
        threads.shutdown();
        if (!threads.awaitTermination(LAST_ANSWER_LIMIT.toSeconds(), TimeUnit.SECONDS)) {
            violations.add("a customer waits for an answer for more than " + LAST_ANSWER_LIMIT);
        }
        if (Patience.until(HEAL_PATIENCE, machines::isQuiet).isEmpty()) {
            violations.add(
                    "a flow is open, or something prepared, " + HEAL_PATIENCE + " after the last: " + machines.left());
        }
        Duration retention = Duration.ofSeconds(Machines.RETENTION_SECONDS + 10L);
        if (Patience.until(retention, machines::isNothingRemembered).isEmpty()) {
            violations.add("kept longer than the retention: " + machines.remembered());
        }
        if (Patience.until(Machines.TOMBSTONE_LIMIT.plusSeconds(5), machines::isWithoutTombstones)
                .isEmpty()) {
            violations.add("flows are remembered for too long: " + machines.tombstones());
        }
    }

    private void examine(Machines machines) throws SQLException {
        Set<UUID> written = machines.books(Role.ORDER).ordersOf(products);
        Set<UUID> asked = new HashSet<>();
        for (FlowCustomer customer : customers) {
            violations.addAll(customer.contradictions(written));
            asked.addAll(customer.answers().keySet());
        }
        written.stream()
                .filter(order -> !asked.contains(order))
                .forEach(order -> violations.add("written, and nobody has asked for it: " + order));
        for (int product : products) {
            long taken = STOCK - machines.books(Role.PRODUCT).stockOf(product);
            long ordered = machines.books(Role.ORDER).orderedOf(product);
            if (taken != ordered) {
                violations.add(
                        "split: of product " + product + " " + taken + " pieces are taken, " + ordered + " ordered");
            }
        }
    }

    private Map<Answer, Integer> answers() {
        Map<Answer, Integer> all = new EnumMap<>(Answer.class);
        customers.forEach(customer -> customer.answers().values().forEach(one -> all.merge(one, 1, Integer::sum)));
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
