package dev.lockstep.tests.flow;

import dev.lockstep.tests.flow.Machines.Way;
import dev.lockstep.tests.killmatrix.DatabaseServer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;

/**
 * What falls at random.
 *
 * @param kind in a word, the same for all that differ only in whom they hit
 * @param what in words
 * @param absence for how long
 * @param strike what happens
 * @param bringBack what ends it; returns when what was away does its work again
 */
record FlowStrike(String kind, String what, Duration absence, Consumer<Machines> strike, Consumer<Machines> bringBack) {

    private static final int LONGEST_MILLIS = 4_000;
    private static final int SHORTEST_MILLIS = 200;

    /** Each kind once, in any order: dealt so, none stays away for long, as chance alone would let it. */
    static List<FlowStrike> deal(Random random) {
        List<FlowStrike> strikes = new ArrayList<>();
        strikes.add(killed(List.of(one(List.of(Role.values()), random)), absence(random)));
        strikes.add(killed(two(random), absence(random)));
        strikes.add(stopped(one(List.of(Role.values()), random), absence(random)));
        strikes.add(database(
                "stopped", one(List.of(Role.PRODUCT, Role.ORDER), random), DatabaseServer::stopImmediately, random));
        strikes.add(database("killed", one(List.of(Role.PRODUCT, Role.ORDER), random), DatabaseServer::kill, random));
        for (Weather weather : Weather.values()) {
            if (weather != Weather.FAIR) {
                strikes.add(link(weather, random));
            }
        }
        Collections.shuffle(strikes, random);
        return strikes;
    }

    private static FlowStrike killed(List<Role> roles, Duration absence) {
        return new FlowStrike(
                roles.size() == 1 ? "killed" : "two killed",
                roles + " killed",
                absence,
                machines -> roles.forEach(role -> machines.get(role).kill()),
                machines -> {
                    roles.forEach(role -> machines.get(role).bringBack());
                    roles.forEach(role -> machines.get(role).awaitBack());
                });
    }

    private static FlowStrike stopped(Role role, Duration absence) {
        return new FlowStrike(
                "stopped",
                role + " stopped",
                absence,
                machines -> machines.get(role).freeze(),
                machines -> machines.get(role).thaw());
    }

    private static FlowStrike database(String how, Role role, Consumer<DatabaseServer> end, Random random) {
        return new FlowStrike(
                "database " + how,
                "database of " + role + " " + how,
                absence(random),
                machines -> end.accept(machines.database(role)),
                machines -> {
                    machines.database(role).bringBack();
                    machines.database(role).awaitBack();
                });
    }

    private static FlowStrike link(Weather weather, Random random) {
        Way way = one(travelled(), random);
        return new FlowStrike(
                "link " + weather,
                "link " + way + " " + weather,
                absence(random),
                machines -> machines.weather(way, weather),
                machines -> machines.weather(way, Weather.FAIR));
    }

    /** The ways of all shapes; what falls elsewhere hits nothing but a few questions. */
    private static List<Way> travelled() {
        return List.of(Shape.values()).stream()
                .flatMap(shape -> shape.ways().stream())
                .distinct()
                .toList();
    }

    private static List<Role> two(Random random) {
        List<Role> roles = new ArrayList<>(List.of(Role.values()));
        roles.remove(one(roles, random));
        roles.remove(one(roles, random));
        return roles;
    }

    private static Duration absence(Random random) {
        return Duration.ofMillis(SHORTEST_MILLIS + random.nextInt(LONGEST_MILLIS - SHORTEST_MILLIS));
    }

    private static <T> T one(List<T> of, Random random) {
        return of.get(random.nextInt(of.size()));
    }
}
