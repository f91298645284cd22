package dev.lockstep.tests.flow;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;

/**
 * What falls at random.
 *
 * @param what in words
 * @param absence for how long
 * @param strike what happens
 * @param bringBack what ends it; returns when what was away does its work again
 */
record FlowStrike(String what, Duration absence, Consumer<Machines> strike, Consumer<Machines> bringBack) {

    private static final int LONGEST_MILLIS = 4_000;
    private static final int SHORTEST_MILLIS = 200;

    /** Half of them kill; the others stop, part, or confuse. */
    static FlowStrike next(Random random) {
        Duration absence = Duration.ofMillis(SHORTEST_MILLIS + random.nextInt(LONGEST_MILLIS - SHORTEST_MILLIS));
        Role role = one(List.of(Role.values()), random);
        return switch (random.nextInt(8)) {
            case 0, 1, 2 -> killed(List.of(role), absence);
            case 3 -> killed(two(random), absence);
            case 4 ->
                new FlowStrike(
                        role + " stopped",
                        absence,
                        machines -> machines.get(role).freeze(),
                        machines -> machines.get(role).thaw());
            case 5 -> database(random.nextBoolean() ? Role.PRODUCT : Role.ORDER, absence);
            default -> link(random, absence);
        };
    }

    private static FlowStrike killed(List<Role> roles, Duration absence) {
        return new FlowStrike(
                roles + " killed",
                absence,
                machines -> roles.forEach(role -> machines.get(role).kill()),
                machines -> {
                    roles.forEach(role -> machines.get(role).bringBack());
                    roles.forEach(role -> machines.get(role).awaitBack());
                });
    }

    private static List<Role> two(Random random) {
        List<Role> roles = new ArrayList<>(List.of(Role.values()));
        roles.remove(one(roles, random));
        roles.remove(one(roles, random));
        return roles;
    }

    private static FlowStrike database(Role role, Duration absence) {
        return new FlowStrike(
                "database of " + role + " stopped",
                absence,
                machines -> machines.database(role).stopImmediately(),
                machines -> {
                    machines.database(role).bringBack();
                    machines.database(role).awaitBack();
                });
    }

    private static FlowStrike link(Random random, Duration absence) {
        List<Role> ends = two(random);
        Weather weather = one(List.of(Weather.values()).subList(1, Weather.values().length), random);
        Machines.Way way = random.nextBoolean()
                ? new Machines.Way(ends.get(0), ends.get(1))
                : new Machines.Way(ends.get(1), ends.get(0));
        return new FlowStrike(
                "link " + way + " " + weather,
                absence,
                machines -> machines.link(way).become(weather),
                machines -> machines.link(way).heal());
    }

    private static <T> T one(List<T> of, Random random) {
        return of.get(random.nextInt(of.size()));
    }
}
