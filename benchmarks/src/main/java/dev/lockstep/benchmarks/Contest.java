package dev.lockstep.benchmarks;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;

/**
 * What may be chosen on the command line of the comparison of everybody.
 *
 * @param rivals who is compared
 * @param clients the numbers of clients
 * @param demands what the clients want
 * @param seconds how long each round lasts
 * @param rounds how many rounds count, of each candidate at each point
 * @param products how many products there are
 */
record Contest(List<Rival> rivals, List<Integer> clients, List<Demand> demands, int seconds, int rounds, int products) {

    static final String NAME = "everybody";

    private static final int MOST_CLIENTS = 1000;

    /** At each point, before the rounds that count; the whole warm-up goes before the first point. */
    private static final int ROUNDS_BEFORE = 1;

    /** For the warm-up. */
    private static final int CLIENTS_TO_WARM_UP = 64;

    static boolean isChosen(Map<?, ?> properties) {
        return NAME.equals(properties.get("compare"));
    }

    /** Reads them; what is not given has its default. */
    static Contest from(Map<?, ?> properties) {
        return new Contest(
                list(properties, "rivals", Rival::of, List.of(Rival.values())),
                list(properties, "clients", Contest::clients, List.of(1, 16, 64, 256)),
                list(properties, "demand", Demand::of, List.of(Demand.values())),
                Parameters.number(properties, "seconds", 5, 1),
                Parameters.number(properties, "rounds", 5, 1),
                Parameters.number(properties, "products", 1000, 1));
    }

    private static <T> List<T> list(Map<?, ?> properties, String name, Function<String, T> of, List<T> otherwise) {
        String given = Objects.toString(properties.get(name), "");
        return given.isEmpty()
                ? otherwise
                : Arrays.stream(given.split(",", -1)).map(of).distinct().toList();
    }

    private static int clients(String number) {
        if (!number.matches("[0-9]{1,4}") || Integer.parseInt(number) < 1 || Integer.parseInt(number) > MOST_CLIENTS) {
            throw new IllegalArgumentException(
                    "-Dclients=" + number + " must be numbers with commas between them, each 1 to " + MOST_CLIENTS);
        }
        return Integer.parseInt(number);
    }

    /** {@return what each round is of, a point after the other} */
    List<Parameters> points() {
        return demands.stream()
                .flatMap(demand -> clients.stream().map(number -> point(number, demand)))
                .toList();
    }

    Parameters warmUp() {
        return point(CLIENTS_TO_WARM_UP, Demand.MANY);
    }

    Parameters point(int number, Demand demand) {
        return new Parameters(NAME, number, seconds, rounds, ROUNDS_BEFORE, 0, products, demand);
    }

    /** {@return how long all rounds take together at most; starts, and the look for each order, come to it} */
    Duration longest() {
        long rounds = Warmth.MOST_ROUNDS + (long) points().size() * (ROUNDS_BEFORE + this.rounds);
        return Duration.ofSeconds(rounds * seconds * rivals.size());
    }
}
