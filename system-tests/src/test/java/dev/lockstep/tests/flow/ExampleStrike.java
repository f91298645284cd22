package dev.lockstep.tests.flow;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;

/**
 * What falls at random on the servers of an example.
 *
 * @param what in words
 * @param absence for how long
 * @param strike what happens
 * @param bringBack what ends it; returns when what was away does its work again
 */
record ExampleStrike(
        String what, Duration absence, Consumer<ExampleServers> strike, Consumer<ExampleServers> bringBack) {

    private static final int LONGEST_MILLIS = 4_000;
    private static final int SHORTEST_MILLIS = 200;

    /**
     * Each kind once, in any order.
     *
     * @param nodes who takes part
     */
    static List<ExampleStrike> deal(List<ExampleNode> nodes, Random random) {
        List<ExampleStrike> strikes = new ArrayList<>();
        List<ExampleNode> any = new ArrayList<>(nodes);
        nodes.forEach(node -> strikes.add(killed(List.of(node), absence(random))));
        Collections.shuffle(any, random);
        strikes.add(killed(any.subList(0, 2), absence(random)));
        strikes.add(stopped(any.get(0), absence(random)));
        nodes.stream()
                .filter(node -> node.database().isPresent())
                .forEach(node -> strikes.add(database(node, absence(random))));
        for (Weather weather : Weather.values()) {
            if (weather != Weather.FAIR) {
                Collections.shuffle(any, random);
                strikes.add(link(new ExampleServers.Way(any.get(0), any.get(1)), weather, absence(random)));
            }
        }
        Collections.shuffle(strikes, random);
        return strikes;
    }

    private static ExampleStrike killed(List<ExampleNode> nodes, Duration absence) {
        List<ExampleNode> victims = List.copyOf(nodes);
        return new ExampleStrike(
                victims + " killed",
                absence,
                servers -> victims.forEach(node -> servers.get(node).kill()),
                servers -> {
                    victims.forEach(node -> servers.get(node).bringBack());
                    victims.forEach(node -> servers.get(node).awaitBack());
                });
    }

    private static ExampleStrike stopped(ExampleNode node, Duration absence) {
        return new ExampleStrike(
                node + " stopped", absence, servers -> servers.get(node).freeze(), servers -> servers.get(node)
                        .thaw());
    }

    private static ExampleStrike database(ExampleNode node, Duration absence) {
        return new ExampleStrike(
                "database of " + node + " killed",
                absence,
                servers -> servers.database(node).kill(),
                servers -> servers.database(node).revive());
    }

    private static ExampleStrike link(ExampleServers.Way way, Weather weather, Duration absence) {
        return new ExampleStrike(
                "link " + way + " " + weather,
                absence,
                servers -> servers.link(way).become(weather),
                servers -> servers.link(way).heal());
    }

    private static Duration absence(Random random) {
        return Duration.ofMillis(SHORTEST_MILLIS + random.nextInt(LONGEST_MILLIS - SHORTEST_MILLIS));
    }
}
