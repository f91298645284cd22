package dev.lockstep.tests;

import static dev.lockstep.tests.LauncherProcess.await;

import jakarta.json.JsonObject;
import java.time.Duration;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.ExtendWith;

/** A console that an operator is logged in to; what a test settles is settled and counted at its end. */
@ExtendWith(AtTheShop.class)
abstract class ConsoleFixture {

    static final Duration LIMIT = Duration.ofSeconds(30);
    static final String DEAD = "nobody,server,P100";

    Databases databases;
    OrderApi api;
    OperatorClient operator;
    Metrics metricsBefore;

    /** How many transactions a test lets the resolver or the operator settle. */
    int settled;

    @BeforeEach
    void logIn(RunningShop shop) {
        databases = shop.databases();
        api = shop.api();
        operator = shop.operator();
        metricsBefore = new Metrics();
    }

    /** What a test settles is counted once nothing of it is prepared, and not in the next test. */
    @AfterEach
    void nothingIsLeft() {
        Healed.await(databases);
        await(LIMIT, "the console sees that", () -> statistics().getInt("inDoubt") == 0);
        await(LIMIT, "what was settled is counted", () -> resolved(new Metrics()) - resolved(metricsBefore) == settled);
    }

    static long resolved(Metrics metrics) {
        String name = "lockstep_transactions_resolved_total";
        return Math.round(metrics.value(name, "outcome=\"commit\"") + metrics.value(name, "outcome=\"abort\""));
    }

    JsonObject statistics() {
        return OrderApi.json(api.get("api/statistics"));
    }

    static String take(int productId) {
        return "UPDATE product SET product_nums = product_nums - 1 WHERE product_id = " + productId;
    }

    /** What Prometheus would read now. */
    final class Metrics {

        private final String text =
                api.send(api.request("metrics").header("Accept", "text/plain")).body();

        String text() {
            return text;
        }

        double value(String name, String... tags) {
            return Pattern.compile("^" + name + "(\\{[^}]*})? (\\S+)", Pattern.MULTILINE)
                    .matcher(text)
                    .results()
                    .filter(line ->
                            List.of(tags).stream().allMatch(tag -> tags(line).contains(tag)))
                    .mapToDouble(line -> Double.parseDouble(line.group(2)))
                    .findFirst()
                    .orElseThrow(() -> new AssertionError("No " + name + " in\n" + text));
        }

        private static String tags(MatchResult line) {
            return line.group(1) == null ? "" : line.group(1);
        }

        long since(Metrics before, String name, String... tags) {
            return Math.round(value(name, tags) - before.value(name, tags));
        }
    }
}
