package dev.lockstep.benchmarks;

/** The two ways to order. */
enum World {
    /** At once, in two phases. */
    ORDERS("/api/orders", 201),
    /** By a ticket, which becomes an order a little later. */
    TICKETS("/api/tickets", 202);

    private final String path;
    private final int yes;

    World(String path, int yes) {
        this.path = path;
        this.yes = yes;
    }

    String path() {
        return path;
    }

    /** The status of an order that is placed, or a ticket that is given. */
    int yes() {
        return yes;
    }
}
