package dev.lockstep.benchmarks;

import java.util.Locale;

/**
 * A shop of some size: how old it is, how much it has to sell, on how many servers, and how many order at once. Each point but the first differs in one of
 * these from one before it, so that a bend has one cause.
 */
enum GrowthPoint {
    ONE_CUSTOMER(1, 12, 1, 1),
    SOME_CUSTOMERS(1, 12, 1, 16),
    MANY_CUSTOMERS(1, 12, 1, 64),
    A_CROWD(1, 12, 1, 256),
    A_RUSH(1, 12, 1, 1000),
    A_CATALOGUE(1, 100_000, 1, 64),
    A_CATALOGUE_IN_A_RUSH(1, 100_000, 1, 1000),
    TWO_SERVERS(1, 12, 2, 64),
    TWO_SERVERS_IN_A_RUSH(1, 100_000, 2, 1000),
    AN_OLD_SHOP(10, 12, 1, 64),
    AN_OLD_CATALOGUE(10, 100_000, 1, 1000),
    ALL_AT_ONCE(10, 100_000, 2, 1000);

    private final int age;
    private final int products;
    private final int servers;
    private final int clients;

    GrowthPoint(int age, int products, int servers, int clients) {
        this.age = age;
        this.products = products;
        this.servers = servers;
        this.clients = clients;
    }

    /** {@return how many times as many orders there are already as at the first point} */
    int age() {
        return age;
    }

    int servers() {
        return servers;
    }

    /** {@return a round of this point} */
    Parameters parameters(int seconds) {
        return new Parameters(Growth.NAME, clients, seconds, 1, 0, 0, products, Demand.MANY);
    }

    /** Its name in words. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
}
