package dev.lockstep.benchmarks;

import java.time.Duration;
import java.util.Map;
import java.util.Objects;

/**
 * What may be chosen on the command line.
 *
 * @param compare the name of a comparison
 * @param clients how many send requests at the same time
 * @param seconds how long each round lasts
 * @param rounds how many rounds of each candidate count
 * @param warmup how many rounds of each candidate go before
 * @param rate how many requests the clients begin in a second together, or 0 for as many as there are answers
 * @param products how many products there are
 * @param demand which of them are wanted
 */
record Parameters(
        String compare, int clients, int seconds, int rounds, int warmup, int rate, int products, Demand demand) {

    /** Reads them; what is not given has its default. */
    static Parameters from(Map<?, ?> properties) {
        String compare = String.valueOf(properties.get("compare"));
        Comparison comparison = Comparison.of(compare);
        return new Parameters(
                compare,
                number(properties, "clients", comparison.clients(), 1),
                number(properties, "seconds", 20, 1),
                number(properties, "rounds", comparison.rounds(), 1),
                number(properties, "warmup", 3, 0),
                number(properties, "rate", 0, 0),
                number(properties, "products", 64, 1),
                Demand.of(Objects.toString(properties.get("demand"), "many")));
    }

    /** Reads one number. */
    static int number(Map<?, ?> properties, String name, int otherwise, int least) {
        Object value = properties.get(name);
        if (value == null) {
            return otherwise;
        }
        if (!value.toString().matches("[0-9]{1,4}") || Integer.parseInt(value.toString()) < least) {
            throw new IllegalArgumentException("-D" + name + "=" + value + " must be a number, " + least + " to 9999");
        }
        return Integer.parseInt(value.toString());
    }

    /** How the clients go about it, in words. */
    String pace() {
        return clients + " clients, "
                + (rate == 0
                        ? "each waiting for its answer before it orders again"
                        : "which begin " + rate
                                + " orders a second in turn; a time begins when it is the turn, also if the"
                                + " client still waits for an earlier answer");
    }

    Duration length() {
        return Duration.ofSeconds(seconds);
    }
}
